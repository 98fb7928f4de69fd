// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import dev.lakehouse.core.codec.CodecException.Code;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Bytes to text, without guessing.
 *
 * <p>Only UTF-8 is taken: a wrong guess between the single-byte charsets gives words that nobody
 * wrote, and nobody notices. What is something else is refused and can be converted at its source.
 */
public final class TextCodec {
  private static final byte[] UTF8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private TextCodec() {}

  /**
   * The text of the bytes, without its byte order mark.
   *
   * @throws CodecException with {@code INVALID_ENCODING} if they are not UTF-8 to the last byte
   */
  public static DecodedText decode(byte[] bytes) throws CodecException {
    Optional<String> other = otherUnicode(bytes);
    if (other.isPresent()) {
      throw new CodecException(
          Code.INVALID_ENCODING,
          "Expected UTF-8, found %s; convert the file to UTF-8".formatted(other.get()));
    }
    int start = startsWith(bytes, UTF8_MARK) ? UTF8_MARK.length : 0;
    return new DecodedText(decodeUtf8(bytes, start, bytes.length), "UTF-8");
  }

  static String decodeUtf8(byte[] bytes, int start, int end) throws CodecException {
    ByteBuffer in = ByteBuffer.wrap(bytes, start, end - start);
    CharBuffer out = CharBuffer.allocate(end - start);
    CoderResult result =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, out, true);
    if (result.isError()) {
      throw new CodecException(
          Code.INVALID_ENCODING,
          "Expected UTF-8, found byte 0x%02x at offset %d; convert the file to UTF-8"
              .formatted(bytes[in.position()], in.position()));
    }
    return out.flip().toString();
  }

  /** UTF-16 or UTF-32, by its mark or by every other byte being NUL. */
  static Optional<String> otherUnicode(byte[] bytes) {
    if (startsWith(bytes, new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 0})
        || startsWith(bytes, new byte[] {0, 0, (byte) 0xFE, (byte) 0xFF})) {
      return Optional.of("UTF-32 with a byte order mark");
    }
    if (startsWith(bytes, new byte[] {(byte) 0xFF, (byte) 0xFE})
        || startsWith(bytes, new byte[] {(byte) 0xFE, (byte) 0xFF})) {
      return Optional.of("UTF-16 with a byte order mark");
    }
    return looksLikeUtf16(bytes)
        ? Optional.of("UTF-16 without a byte order mark")
        : Optional.empty();
  }

  private static boolean looksLikeUtf16(byte[] bytes) {
    int pairs = Math.min(bytes.length, 4096) / 2;
    int zeroFirst = 0;
    int zeroSecond = 0;
    for (int i = 0; i < pairs; i++) {
      zeroFirst += bytes[2 * i] == 0 ? 1 : 0;
      zeroSecond += bytes[2 * i + 1] == 0 ? 1 : 0;
    }
    // one half almost all NUL, the other almost none: text of a Latin script in two bytes each
    int most = Math.max(zeroFirst, zeroSecond);
    int least = Math.min(zeroFirst, zeroSecond);
    return pairs >= 4 && most * 10 > pairs * 7 && least * 10 < pairs;
  }

  private static boolean startsWith(byte[] bytes, byte[] prefix) {
    return bytes.length >= prefix.length
        && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
  }
}
