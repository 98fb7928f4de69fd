// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The kernel of a resize, named as Pillow names it. */
public enum Resampling {
  /** One pixel of the source for each. */
  @JsonProperty("nearest")
  NEAREST(0),
  @JsonProperty("box")
  BOX(4),
  @JsonProperty("bilinear")
  BILINEAR(2),
  @JsonProperty("hamming")
  HAMMING(5),
  @JsonProperty("bicubic")
  BICUBIC(3),
  @JsonProperty("lanczos")
  LANCZOS(1);

  private final int pillow;

  Resampling(int pillow) {
    this.pillow = pillow;
  }

  /** Its number in Pillow, which is the one of {@code preprocessor_config.json}. */
  public int pillow() {
    return pillow;
  }
}
