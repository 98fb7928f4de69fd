// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kernel of a resize, named as Pillow names it. */
public enum Resampling {
  @JsonProperty("box")
  BOX,
  @JsonProperty("bilinear")
  BILINEAR,
  @JsonProperty("hamming")
  HAMMING,
  @JsonProperty("bicubic")
  BICUBIC,
  @JsonProperty("lanczos")
  LANCZOS
}
