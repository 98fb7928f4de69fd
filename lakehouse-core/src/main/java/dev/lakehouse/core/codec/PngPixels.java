// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import dev.lakehouse.core.codec.CodecException.Code;

/** Inflates and unfilters the rows of a PNG, straight into RGB; holds two rows at a time. */
final class PngPixels {
  private final PngHeader header;
  private final byte[] palette;
  private final byte[] rgb;

  /**
   * Allocates the picture.
   *
   * @param palette three bytes an entry; entries that the file lacks are black
   */
  PngPixels(PngHeader header, byte[] palette) {
    this.header = header;
    this.palette = palette;
    this.rgb = new byte[header.width() * header.height() * 3];
  }

  /** Reads every row of every pass out of the IDAT chunks. */
  PixelImage read(PngData data) throws CodecException {
    for (int[] pass : header.passes()) {
      if (header.columns(pass) > 0) {
        readPass(pass, data);
      }
    }
    return new PixelImage(header.width(), header.height(), rgb);
  }

  private void readPass(int[] pass, PngData data) throws CodecException {
    int columns = header.columns(pass);
    byte[] above = new byte[header.rowBytes(columns)];
    byte[] row = new byte[above.length];
    byte[] filter = new byte[1];
    for (int y = pass[1]; y < header.height(); y += pass[3]) {
      data.fill(filter);
      data.fill(row);
      unfilter(filter[0], row, above, header.filterDistance());
      for (int i = 0; i < columns; i++) {
        put(row, i, 3 * (y * header.width() + pass[0] + i * pass[2]));
      }
      byte[] done = row;
      row = above;
      above = done;
    }
  }

  private static void unfilter(int filter, byte[] row, byte[] above, int distance)
      throws CodecException {
    if (filter < 0 || filter > 4) {
      throw new CodecException(Code.CORRUPT, "PNG row with filter " + filter);
    }
    for (int i = 0; i < row.length && filter != 0; i++) {
      int left = i < distance ? 0 : row[i - distance] & 0xFF;
      int up = above[i] & 0xFF;
      int corner = i < distance ? 0 : above[i - distance] & 0xFF;
      int guess =
          switch (filter) {
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            default -> paeth(left, up, corner);
          };
      row[i] += (byte) guess;
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

  /** Writes pixel i of a row; alpha is dropped, and of 16 bits the upper 8 are kept. */
  private void put(byte[] row, int i, int out) {
    int step = header.depth() == 16 ? 2 : 1;
    int at = i * header.channels() * step;
    switch (header.colour()) {
      case PngHeader.GREY -> putGrey(grey(row, i), out);
      case PngHeader.GREY_ALPHA -> putGrey(row[at], out);
      case PngHeader.PALETTE -> System.arraycopy(palette, 3 * sample(row, i), rgb, out, 3);
      default -> {
        rgb[out] = row[at];
        rgb[out + 1] = row[at + step];
        rgb[out + 2] = row[at + 2 * step];
      }
    }
  }

  private byte grey(byte[] row, int i) {
    return switch (header.depth()) {
      case 8 -> row[i];
      case 16 -> row[2 * i];
      default -> (byte) (sample(row, i) * 255 / ((1 << header.depth()) - 1));
    };
  }

  private int sample(byte[] row, int i) {
    int bit = i * header.depth();
    int shift = 8 - header.depth() - (bit & 7);
    return row[bit >> 3] >> shift & (1 << header.depth()) - 1;
  }

  private void putGrey(byte value, int out) {
    rgb[out] = value;
    rgb[out + 1] = value;
    rgb[out + 2] = value;
  }
}
