// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.bitmap;

/** How much smaller a picture may be decoded than it is stored. */
@FunctionalInterface
public interface Reduction {
  /** Every picture as it is stored. */
  Reduction NONE = (width, height) -> 1;

  /** The most that decoders can leave out while they decode. */
  int MOST = 8;

  /**
   * The number that both sides may be divided by while decoding.
   *
   * @param width in pixels, upright
   * @param height in pixels, upright
   * @return 1, 2, 4 or 8; a decoder that cannot do it leaves the picture as it is
   */
  int of(int width, int height);
}
