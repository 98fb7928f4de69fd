// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.manifest;

import dev.lakehouse.core.ItemException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A line of a manifest.
 *
 * @param number from 1
 * @param bytes UTF-8 without the line end; empty for a line that is too long to be held
 * @param end what ended it: LF, CR LF, CR, or nothing at the end of the file
 */
@SuppressWarnings("ArrayRecordComponent")
public record TextLine(long number, Optional<byte[]> bytes, String end) {

  /**
   * The line as text, without its end.
   *
   * @throws ItemException MALFORMED_ROW if it is too long or not in the manifest's encoding
   */
  public String text() throws ItemException {
    if (bytes.isEmpty()) {
      throw Row.malformed("The line is longer than %d bytes".formatted(LineReader.MAX_BYTES));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.get())).toString();
    } catch (CharacterCodingException e) {
      throw Row.malformed(
          "The line holds bytes that are no text in the manifest's encoding (UTF-8 unless"
              + " --encoding or a mark at its beginning says otherwise)");
    }
  }

  /** Bytes that it takes in memory. */
  public int size() {
    return bytes.map(found -> found.length).orElse(0);
  }
}
