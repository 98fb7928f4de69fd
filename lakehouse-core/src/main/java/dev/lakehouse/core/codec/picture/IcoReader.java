// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Bytes;
import dev.lakehouse.core.codec.Limits;
import java.util.Arrays;
import java.util.List;

/** Reads the largest picture of an icon file; its mask is dropped like any alpha. */
final class IcoReader implements PictureReader {
  private static final int DIRECTORY = 6;
  private static final int ENTRY = 16;
  private static final String PNG = "\u0089PNG";

  /** The largest of its pictures, which is the one that is read. */
  @Override
  public long area(byte[] bytes) throws ItemException {
    Bytes in = Bytes.littleEndian(bytes);
    long largest = 0;
    for (int i = 0; i < in.u16(4); i++) {
      long at = in.u32(DIRECTORY + (long) ENTRY * i + 12);
      long area =
          in.spells(at, PNG) ? PngReader.area(Bytes.bigEndian(bytes), at) : DibReader.area(in, at);
      largest = Math.max(largest, area);
    }
    return largest;
  }

  @Override
  public Picture read(byte[] bytes, Limits limits) throws ItemException {
    Bytes in = Bytes.littleEndian(bytes);
    int count = in.u16(4);
    limits.requireFrames(count);
    long best = DIRECTORY;
    for (int i = 0; i < count; i++) {
      long entry = DIRECTORY + (long) ENTRY * i;
      in.require(in.u32(entry + 12), in.u32(entry + 8));
      if (rank(in, entry) > rank(in, best)) {
        best = entry;
      }
    }
    Picture picture = picture(in, (int) in.u32(best + 12), (int) in.u32(best + 8), limits);
    return new Picture(
        picture.pixels(),
        picture.opacity(),
        picture.channels(),
        picture.bitDepth(),
        1,
        Exif.NONE,
        List.of());
  }

  /** More pixels first, then more bits a pixel. */
  private static long rank(Bytes in, long entry) throws ItemException {
    long width = in.u8(entry) == 0 ? 256 : in.u8(entry);
    long height = in.u8(entry + 1) == 0 ? 256 : in.u8(entry + 1);
    return width * height * 256 + Math.min(in.u16(entry + 6), 255);
  }

  private static Picture picture(Bytes in, int at, int count, Limits limits) throws ItemException {
    if (in.spells(at, PNG)) {
      return new PngReader().read(Arrays.copyOfRange(in.array(), at, at + count), limits);
    }
    DibReader bitmap = DibReader.ofIcon(in, at, limits);
    return new Picture(
        bitmap.pixels(bitmap.afterPalette()),
        bitmap.opacity(),
        bitmap.depth() == 32 ? 4 : bitmap.depth() == 24 ? 3 : 1,
        Math.min(bitmap.depth(), 8),
        1,
        Exif.NONE,
        List.of());
  }
}
