// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.ReducedImage;
import dev.lakehouse.core.codec.bitmap.Reduction;
import java.io.IOException;

/** One picture format. */
interface PictureReader {
  /** A pixel as a decoder holds it, and as RGB. */
  long BYTES_PER_PIXEL = 7;

  /**
   * Reads the first picture of a file and proves that the whole file is there.
   *
   * <p>Sizes are checked against the limits before anything is allocated by them.
   *
   * @throws ItemException if anything is wrong with the bytes
   * @throws IOException if a library found something wrong with them
   */
  Picture read(byte[] bytes, Limits limits) throws ItemException, IOException;

  /** Does the same, upright, and smaller where the format can do that at a gain. */
  default ReducedImage read(byte[] bytes, Limits limits, Reduction reduction)
      throws ItemException, IOException {
    return read(bytes, limits).upright();
  }

  /** Pixels of the first picture as the header claims them; nothing else is looked at. */
  long area(byte[] bytes) throws ItemException;

  /** About how much memory reading takes beside the file, by what the header claims. */
  default long bytesToRead(byte[] bytes, Reduction reduction) throws ItemException {
    return BYTES_PER_PIXEL * area(bytes);
  }
}
