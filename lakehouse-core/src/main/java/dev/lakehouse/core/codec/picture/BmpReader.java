// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Bytes;
import dev.lakehouse.core.codec.Limits;
import java.util.List;

/** Reads BMP of Windows and OS/2. */
final class BmpReader implements PictureReader {
  private static final int FILE_HEADER = 14;

  @Override
  public long area(byte[] bytes) throws ItemException {
    return DibReader.area(Bytes.littleEndian(bytes), FILE_HEADER);
  }

  @Override
  public Picture read(byte[] bytes, Limits limits) throws ItemException {
    Bytes in = Bytes.littleEndian(bytes);
    DibReader bitmap = DibReader.of(in, FILE_HEADER, limits);
    int channels = bitmap.depth() <= 8 ? 1 : bitmap.depth() == 32 ? 4 : 3;
    int bits = bitmap.depth() <= 8 ? bitmap.depth() : bitmap.depth() == 16 ? 5 : 8;
    return new Picture(bitmap.pixels(in.u32(10)), channels, bits, 1, Exif.NONE, List.of());
  }
}
