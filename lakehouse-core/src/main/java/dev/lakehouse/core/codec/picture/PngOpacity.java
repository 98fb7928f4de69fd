// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.codec.bitmap.Opacity;
import java.util.Arrays;
import java.util.Optional;

/** The alpha channel of a PNG, or what its tRNS chunk stands for. */
final class PngOpacity {
  private static final byte OPAQUE = (byte) 255;

  private final PngHeader header;
  private final byte[] transparent;
  private final byte[] levels;

  private PngOpacity(PngHeader header, byte[] transparent) {
    this.header = header;
    this.transparent = transparent;
    this.levels = new byte[header.width() * header.height()];
    Arrays.fill(levels, OPAQUE);
  }

  /**
   * What gathers the opacity of a picture, where it has any.
   *
   * @param transparent content of the tRNS chunk; empty where there is none
   */
  static Optional<PngOpacity> of(PngHeader header, byte[] transparent) {
    int needed =
        switch (header.colour()) {
          case PngHeader.GREY -> 2;
          case PngHeader.RGB -> 6;
          case PngHeader.PALETTE -> 1;
          default -> 0;
        };
    return transparent.length >= needed
        ? Optional.of(new PngOpacity(header, transparent))
        : Optional.empty();
  }

  Optional<Opacity> opacity() {
    return Opacity.of(levels);
  }

  /** Takes a row behind the number of its filter, a pixel each {@code stride} pixels. */
  void putRow(byte[] row, int columns, int first, int stride) {
    for (int i = 0, out = first; i < columns; i++, out += stride) {
      levels[out] = level(row, i);
    }
  }

  private byte level(byte[] row, int i) {
    int bytes = header.depth() == 16 ? 2 : 1;
    int pixel = bytes * header.channels();
    return switch (header.colour()) {
      case PngHeader.GREY_ALPHA, PngHeader.RGB_ALPHA -> row[1 + (i + 1) * pixel - bytes];
      case PngHeader.PALETTE -> {
        int index = header.sample(row, i);
        yield index < transparent.length ? transparent[index] : OPAQUE;
      }
      case PngHeader.GREY -> {
        int value = header.depth() == 16 ? pair(row, 1 + 2 * i) : header.sample(row, i);
        yield value == pair(transparent, 0) ? 0 : OPAQUE;
      }
      default -> isTransparent(row, 1 + i * pixel, bytes) ? 0 : OPAQUE;
    };
  }

  private boolean isTransparent(byte[] row, int at, int bytes) {
    for (int band = 0; band < 3; band++) {
      int value = bytes == 2 ? pair(row, at + 2 * band) : row[at + band] & 0xFF;
      if (value != pair(transparent, 2 * band)) {
        return false;
      }
    }
    return true;
  }

  private static int pair(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
  }
}
