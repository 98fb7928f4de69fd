// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Pictures one after the other, as FFmpeg's {@code mpjpeg} writes them: MIME parts with lengths.
 */
final class JpegParts {
  private static final String LENGTH = "content-length:";
  private static final int LONGEST_LINE = 200;
  private static final int LARGEST = 64 << 20;

  private final InputStream in;

  JpegParts(InputStream in) {
    this.in = in;
  }

  /** The next picture; empty at the end. */
  Optional<byte[]> next() throws IOException, ItemException {
    int length = -1;
    for (Optional<String> line = line(); line.isPresent(); line = line()) {
      String said = line.get().toLowerCase(Locale.ROOT);
      if (said.startsWith(LENGTH)) {
        length = Integer.parseInt(said.substring(LENGTH.length()).strip());
      } else if (said.isEmpty() && length >= 0) {
        return Optional.of(picture(length));
      }
    }
    return Optional.empty();
  }

  private byte[] picture(int length) throws IOException, ItemException {
    byte[] picture = length > LARGEST ? new byte[0] : in.readNBytes(length);
    if (picture.length < length) {
      throw new ItemException(
          ItemError.DECODER_CRASHED,
          "A picture of %d bytes came with %d".formatted(length, picture.length));
    }
    return picture;
  }

  private Optional<String> line() throws IOException {
    byte[] line = new byte[LONGEST_LINE];
    int length = 0;
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0) {
        return Optional.empty();
      }
      if (length < LONGEST_LINE && read != '\r') {
        line[length++] = (byte) read;
      }
    }
    return Optional.of(new String(line, 0, length, StandardCharsets.ISO_8859_1));
  }
}
