// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.bitmap;

import java.util.Optional;

/**
 * How much each pixel of a picture covers what is behind it: 0 nothing, 255 all.
 *
 * @param levels one for each pixel as stored; not copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent")
public record Opacity(byte[] levels) {

  /** Opacity that says something; empty where every pixel covers all. */
  public static Optional<Opacity> of(byte[] levels) {
    for (byte level : levels) {
      if (level != -1) {
        return Optional.of(new Opacity(levels));
      }
    }
    return Optional.empty();
  }

  /** The share of pixels through which something is seen. */
  public double transparency() {
    long open = 0;
    for (byte level : levels) {
      open += level == -1 ? 0 : 1;
    }
    return (double) open / levels.length;
  }

  /** The picture on white paper. */
  public PixelImage onWhite(PixelImage picture) {
    byte[] rgb = picture.rgb().clone();
    for (int i = 0; i < levels.length; i++) {
      int covers = levels[i] & 0xFF;
      for (int at = 3 * i; at < 3 * i + 3; at++) {
        rgb[at] = (byte) (((rgb[at] & 0xFF) * covers + 255 * (255 - covers) + 127) / 255);
      }
    }
    return new PixelImage(picture.width(), picture.height(), rgb);
  }
}
