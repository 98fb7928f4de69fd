// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.Optional;

/** Bytes read in a charset that is known: strictly, or as much as a look at them needs. */
public final class EncodedText {

  private EncodedText() {}

  /**
   * The text of a stretch of bytes.
   *
   * @throws ItemException with {@code INVALID_ENCODING} if they are not UTF-8 to the last one
   */
  public static String decodeUtf8(byte[] bytes, int start, int end) throws ItemException {
    return decode(bytes, start, end, UTF_8);
  }

  /**
   * The text of the bytes from {@code start} on.
   *
   * @throws ItemException with {@code INVALID_ENCODING} if they are not of that charset to the last
   */
  public static String decode(byte[] bytes, int start, Charset charset) throws ItemException {
    return decode(bytes, start, bytes.length, charset);
  }

  private static String decode(byte[] bytes, int start, int end, Charset charset)
      throws ItemException {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, start, end - start);
    CharBuffer out =
        CharBuffer.allocate((int) Math.ceil((end - start) * decoder.maxCharsPerByte()));
    CoderResult result = decoder.decode(in, out, true);
    if (result.isUnderflow()) {
      result = decoder.flush(out);
    }
    if (result.isError()) {
      throw new ItemException(
          ItemError.INVALID_ENCODING,
          "Expected %s, found byte 0x%02x at offset %d; convert the file to UTF-8"
              .formatted(charset.name(), bytes[in.position()], in.position()));
    }
    return out.flip().toString();
  }

  /** What the bytes begin with as text, good enough to see what kind of text it is. */
  public static String beginning(byte[] head) {
    Optional<ByteOrderMark> mark = ByteOrderMark.of(head);
    int start = mark.map(ByteOrderMark::length).orElse(0);
    Charset charset = mark.map(ByteOrderMark::charset).orElse(UTF_8);
    return new String(head, start, head.length - start, charset);
  }

  /** Whether every other byte is NUL: text of a Latin script in two bytes each. */
  public static boolean looksLikeUtf16(byte[] bytes) {
    int pairs = Math.min(bytes.length, 4096) / 2;
    int zeroFirst = 0;
    int zeroSecond = 0;
    for (int i = 0; i < pairs; i++) {
      zeroFirst += bytes[2 * i] == 0 ? 1 : 0;
      zeroSecond += bytes[2 * i + 1] == 0 ? 1 : 0;
    }
    // one half almost all NUL, the other almost none
    int most = Math.max(zeroFirst, zeroSecond);
    int least = Math.min(zeroFirst, zeroSecond);
    return pairs >= 4 && most * 10 > pairs * 7 && least * 10 < pairs;
  }
}
