// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import dev.lakehouse.core.codec.CodecException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A line of a manifest.
 *
 * @param number from 1
 * @param bytes without the line feed; empty for a line that is too long to be held
 */
@SuppressWarnings("ArrayRecordComponent")
record Line(long number, Optional<byte[]> bytes) {

  /**
   * The line as text.
   *
   * @throws CodecException MALFORMED_ROW if it is too long or not UTF-8
   */
  String text() throws CodecException {
    if (bytes.isEmpty()) {
      throw Row.malformed("The line is longer than %d bytes".formatted(LineReader.MAX_BYTES));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.get())).toString();
    } catch (CharacterCodingException e) {
      throw Row.malformed("The line is not UTF-8");
    }
  }
}
