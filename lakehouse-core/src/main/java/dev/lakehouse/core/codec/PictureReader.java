// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import java.io.IOException;

/** One picture format. */
interface PictureReader {

  /**
   * Reads the first picture of a file and proves that the whole file is there.
   *
   * <p>Sizes are checked against the limits before anything is allocated by them.
   *
   * @throws CodecException if anything is wrong with the bytes
   * @throws IOException if a library found something wrong with them
   */
  Picture read(byte[] bytes, Limits limits) throws CodecException, IOException;

  /** Pixels of the first picture as the header claims them; nothing else is looked at. */
  long area(byte[] bytes) throws CodecException;
}
