// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The number format of most of a network's weights; a network may declare another for its inputs.
 */
public enum Precision {
  @JsonProperty("fp32")
  FP32,
  /** Not every device can run it: a processor has no kernels for it. */
  @JsonProperty("bf16")
  BF16,
  @JsonProperty("fp16")
  FP16,
  /** Quantised, beforehand or as it runs; what else is in a batch may show in a vector. */
  @JsonProperty("int8")
  INT8;

  /** The word that stands in {@code model.yaml}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The precision of a word, if there is one. */
  public static Optional<Precision> of(String word) {
    return Arrays.stream(values()).filter(precision -> precision.word().equals(word)).findAny();
  }
}
