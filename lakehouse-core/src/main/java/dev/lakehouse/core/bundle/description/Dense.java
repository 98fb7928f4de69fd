// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import static dev.lakehouse.core.bundle.description.Checks.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * A layer after the pooling: a matrix, perhaps an offset, and a function of each number.
 *
 * @param file the layer's weights, a safetensors file
 * @param sha256 digest of that file
 * @param in numbers that it takes
 * @param out numbers that it gives
 * @param activation what is done to each number at the end
 */
public record Dense(String file, String sha256, int in, int out, Activation activation) {

  /** A function of one number. */
  public enum Activation {
    /** As it is. */
    @JsonProperty("identity")
    IDENTITY,
    /** The hyperbolic tangent. */
    @JsonProperty("tanh")
    TANH
  }

  public Dense {
    new PinnedFile(file, sha256);
    check(in > 0 && out > 0, "dense layer of %d x %d: expected at least 1 x 1", in, out);
    Objects.requireNonNull(activation, "activation is missing");
  }

  PinnedFile content() {
    return new PinnedFile(file, sha256);
  }
}
