// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import java.util.Optional;

/** Inflates and unfilters the rows of a PNG, straight into RGB; holds two rows at a time. */
final class PngPixels {
  private final PngHeader header;
  private final byte[] palette;
  private final Optional<PngOpacity> opacity;
  private final byte[] rgb;

  /**
   * Allocates the picture.
   *
   * @param palette three bytes an entry; entries that the file lacks are black
   * @param opacity what else is made of the rows
   */
  PngPixels(PngHeader header, byte[] palette, Optional<PngOpacity> opacity) {
    this.header = header;
    this.palette = palette;
    this.opacity = opacity;
    this.rgb = new byte[header.width() * header.height() * 3];
  }

  /** Reads every row of every pass out of the IDAT chunks. */
  PixelImage read(PngData data) throws ItemException {
    for (int[] pass : header.passes()) {
      if (header.columns(pass) > 0) {
        readPass(pass, data);
      }
    }
    return new PixelImage(header.width(), header.height(), rgb);
  }

  private void readPass(int[] pass, PngData data) throws ItemException {
    int columns = header.columns(pass);
    byte[] above = new byte[1 + header.rowBytes(columns)]; // behind the number of its filter
    byte[] row = new byte[above.length];
    for (int y = pass[1]; y < header.height(); y += pass[3]) {
      data.fill(row);
      unfilter(row, above, header.filterDistance());
      putRow(row, columns, 3 * (y * header.width() + pass[0]), 3 * pass[2]);
      if (opacity.isPresent()) {
        opacity.get().putRow(row, columns, y * header.width() + pass[0], pass[2]);
      }
      byte[] done = row;
      row = above;
      above = done;
    }
  }

  /** A loop for each filter: the choice is not made anew at each byte. */
  private static void unfilter(byte[] row, byte[] above, int distance) throws ItemException {
    switch (row[0]) {
      case 0 -> {}
      case 1 -> {
        for (int i = 1 + distance; i < row.length; i++) {
          row[i] += row[i - distance];
        }
      }
      case 2 -> {
        for (int i = 1; i < row.length; i++) {
          row[i] += above[i];
        }
      }
      case 3 -> average(row, above, distance);
      case 4 -> paeth(row, above, distance);
      default -> throw new ItemException(ItemError.CORRUPT, "PNG row with filter " + row[0]);
    }
  }

  private static void average(byte[] row, byte[] above, int distance) {
    int first = Math.min(row.length, 1 + distance);
    for (int i = 1; i < first; i++) {
      row[i] += (byte) ((above[i] & 0xFF) / 2);
    }
    for (int i = first; i < row.length; i++) {
      row[i] += (byte) (((row[i - distance] & 0xFF) + (above[i] & 0xFF)) / 2);
    }
  }

  private static void paeth(byte[] row, byte[] above, int distance) {
    int first = Math.min(row.length, 1 + distance);
    for (int i = 1; i < first; i++) {
      row[i] += above[i];
    }
    for (int i = first; i < row.length; i++) {
      row[i] += (byte) paeth(row[i - distance] & 0xFF, above[i] & 0xFF, above[i - distance] & 0xFF);
    }
  }

  private static int paeth(int left, int up, int corner) {
    int toLeft = Math.abs(up - corner);
    int toUp = Math.abs(left - corner);
    int toCorner = Math.abs(left + up - 2 * corner);
    if (toLeft <= toUp && toLeft <= toCorner) {
      return left;
    }
    return toUp <= toCorner ? up : corner;
  }

  /**
   * Writes a row, a pixel each {@code stride} bytes; alpha and the lower of two bytes are left out.
   */
  private void putRow(byte[] row, int columns, int first, int stride) {
    int step = header.depth() == 16 ? 2 : 1;
    switch (header.colour()) {
      case PngHeader.PALETTE -> {
        for (int i = 0, out = first; i < columns; i++, out += stride) {
          System.arraycopy(palette, 3 * header.sample(row, i), rgb, out, 3);
        }
      }
      case PngHeader.GREY -> {
        for (int i = 0, out = first; i < columns; i++, out += stride) {
          putGrey(grey(row, i), out);
        }
      }
      case PngHeader.GREY_ALPHA -> {
        for (int i = 0, at = 1, out = first; i < columns; i++, at += 2 * step, out += stride) {
          putGrey(row[at], out);
        }
      }
      default -> putColours(row, columns, step, first, stride);
    }
  }

  private void putColours(byte[] row, int columns, int step, int first, int stride) {
    int pixel = step * header.channels();
    if (pixel == 3 && stride == 3) {
      System.arraycopy(row, 1, rgb, first, 3 * columns);
      return;
    }
    for (int i = 0, at = 1, out = first; i < columns; i++, at += pixel, out += stride) {
      rgb[out] = row[at];
      rgb[out + 1] = row[at + step];
      rgb[out + 2] = row[at + 2 * step];
    }
  }

  private byte grey(byte[] row, int i) {
    return switch (header.depth()) {
      case 8 -> row[1 + i];
      case 16 -> row[1 + 2 * i];
      default -> (byte) (header.sample(row, i) * 255 / ((1 << header.depth()) - 1));
    };
  }

  private void putGrey(byte value, int out) {
    rgb[out] = value;
    rgb[out + 1] = value;
    rgb[out + 2] = value;
  }
}
