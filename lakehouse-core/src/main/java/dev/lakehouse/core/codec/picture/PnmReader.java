// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Bytes;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import java.util.Arrays;
import java.util.List;

/** Reads portable bitmaps, greymaps and pixmaps, plain or raw: P1 to P6. */
final class PnmReader implements PictureReader {

  @Override
  public long area(byte[] bytes) throws ItemException {
    Walk walk = new Walk(Bytes.bigEndian(bytes));
    return (long) walk.number() * walk.number();
  }

  @Override
  public Picture read(byte[] bytes, Limits limits) throws ItemException {
    return new Walk(Bytes.bigEndian(bytes)).read(limits);
  }

  /** One pass over the numbers of one file. */
  private static final class Walk {
    private final Bytes in;
    private final boolean raw;
    private final boolean bitmap;
    private final int channels;
    private long at = 2;
    private int max = 1;

    Walk(Bytes in) throws ItemException {
      int kind = in.u8(1) - '0';
      this.in = in;
      this.raw = kind >= 4;
      this.bitmap = kind % 3 == 1;
      this.channels = kind % 3 == 0 ? 3 : 1;
    }

    Picture read(Limits limits) throws ItemException {
      int width = number();
      int height = number();
      limits.requireArea(width, height);
      if (!bitmap) {
        max = number();
      }
      if (max < 1 || max > 65535) {
        throw new ItemException(ItemError.CORRUPT, "PNM with values up to " + max);
      }
      at += raw ? 1 : 0; // a single space ends a raw header
      requireData(width, height);
      int bits = 32 - Integer.numberOfLeadingZeros(max);
      return new Picture(pixels(width, height), channels, bits, 1, Exif.NONE, List.of());
    }

    private void requireData(int width, int height) throws ItemException {
      long samples = (long) width * height * channels;
      if (raw) {
        in.require(at, rowBytes(width) * height);
      } else {
        in.require(at, bitmap ? samples : 2 * samples - 1);
      }
    }

    private long rowBytes(int width) {
      return bitmap ? (width + 7L) / 8 : (long) width * channels * (max > 255 ? 2 : 1);
    }

    private PixelImage pixels(int width, int height) throws ItemException {
      byte[] rgb = new byte[width * height * 3];
      int copies = channels == 3 ? 1 : 3;
      int out = 0;
      for (int row = 0; row < height; row++) {
        long start = at;
        for (int i = 0; i < width * channels; i++) {
          Arrays.fill(rgb, out, out + copies, sample(start, i));
          out += copies;
        }
        at = raw ? start + rowBytes(width) : at;
      }
      return new PixelImage(width, height, rgb);
    }

    /** The i-th sample of a row, stretched to 0..255; a set bit is black. */
    private byte sample(long row, int i) throws ItemException {
      if (bitmap) {
        int bit = raw ? in.u8(row + (i >> 3)) >> (7 - (i & 7)) & 1 : digit();
        return (byte) (bit == 1 ? 0 : 255);
      }
      int value = raw ? max > 255 ? in.u16(row + 2L * i) : in.u8(row + i) : number();
      return (byte) ((Math.min(value, max) * 255L + max / 2) / max);
    }

    /** The digits of a plain bitmap need no spaces between them. */
    private int digit() throws ItemException {
      skipSpace();
      int digit = in.u8(at++) - '0';
      if (digit != 0 && digit != 1) {
        throw new ItemException(ItemError.CORRUPT, "PNM bitmap with something else than 0 and 1");
      }
      return digit;
    }

    private int number() throws ItemException {
      skipSpace();
      long value = 0;
      int digits = 0;
      for (; at < in.length() && Character.isDigit(in.u8(at)); at++, digits++) {
        value = Math.min(value * 10 + in.u8(at) - '0', Integer.MAX_VALUE);
      }
      if (digits == 0) {
        in.require(at, 1);
        throw new ItemException(ItemError.CORRUPT, "PNM with no number at byte " + at);
      }
      return (int) value;
    }

    private void skipSpace() throws ItemException {
      boolean comment = false;
      while (at < in.length() && (comment || in.u8(at) == '#' || in.u8(at) <= ' ')) {
        comment = in.u8(at) == '#' || (comment && in.u8(at) != '\n');
        at++;
      }
    }
  }
}
