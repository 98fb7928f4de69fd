// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a tower's output becomes one vector per item. */
public enum Pooling {
  /** The output is one vector per item already: {@code [n, d]}. */
  @JsonProperty("none")
  NONE,
  /** The mean over the positions that the attention mask keeps: {@code [n, l, d]}. */
  @JsonProperty("mean")
  MEAN,
  /** The first position, the class token: {@code [n, l, d]}. */
  @JsonProperty("first")
  FIRST
}
