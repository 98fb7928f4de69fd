// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The number format of most of a tower's weights; its inputs and outputs are always float32. */
public enum Precision {
  @JsonProperty("fp32")
  FP32,
  @JsonProperty("fp16")
  FP16,
  /** Quantised; a vector may then depend on what else is in its batch. */
  @JsonProperty("int8")
  INT8;

  /** The word that stands in {@code model.yaml}. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
