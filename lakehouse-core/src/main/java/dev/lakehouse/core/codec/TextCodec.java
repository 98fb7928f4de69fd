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
import java.util.regex.Pattern;

/**
 * Bytes to text, without guessing.
 *
 * <p>Taken are UTF-8, what a byte order mark names, and what an HTML or XML document declares where
 * its bytes are not UTF-8. A wrong guess between the single-byte charsets gives words that nobody
 * wrote, and nobody notices: what says nothing of itself is refused and can be converted at its
 * source.
 */
public final class TextCodec {
  private static final Pattern C1_CONTROLS = Pattern.compile("[\u0080-\u0084\u0086-\u009F]");

  private TextCodec() {}

  /**
   * The text of the bytes, without its byte order mark.
   *
   * @throws ItemException with {@code INVALID_ENCODING} if they are neither UTF-8 nor what they
   *     declare, to the last byte
   */
  public static DecodedText decode(byte[] bytes) throws ItemException {
    Optional<ByteOrderMark> mark = ByteOrderMark.of(bytes);
    if (mark.isPresent()) {
      Charset charset = mark.get().charset();
      return new DecodedText(strict(bytes, mark.get().length(), charset), charset.name());
    }
    if (looksLikeUtf16(bytes)) {
      throw new ItemException(
          ItemError.INVALID_ENCODING,
          "Expected UTF-8, found UTF-16 without a byte order mark; convert the file to UTF-8");
    }
    Optional<Charset> declared = DeclaredCharset.of(bytes);
    if (declared.filter(DeclaredCharset::isShifted).isEmpty() && isUtf8(bytes)) {
      return new DecodedText(strict(bytes, 0, UTF_8), UTF_8.name());
    }
    return declared.isPresent() && DeclaredCharset.isReadAsAscii(declared.get())
        ? asDeclared(bytes, declared.get())
        : new DecodedText(strict(bytes, 0, UTF_8), UTF_8.name());
  }

  private static DecodedText asDeclared(byte[] bytes, Charset declared) throws ItemException {
    Optional<Charset> meant = DeclaredCharset.meantBy(declared);
    try {
      String text = strict(bytes, 0, declared);
      if (meant.isEmpty() || !C1_CONTROLS.matcher(text).find()) {
        return new DecodedText(text, declared.name());
      }
    } catch (ItemException e) {
      if (meant.isEmpty()) {
        throw e;
      }
    }
    return new DecodedText(strict(bytes, 0, meant.get()), meant.get().name());
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      decodeUtf8(bytes, 0, bytes.length);
      return true;
    } catch (ItemException e) {
      return false;
    }
  }

  static String decodeUtf8(byte[] bytes, int start, int end) throws ItemException {
    return strict(bytes, start, end, UTF_8);
  }

  private static String strict(byte[] bytes, int start, Charset charset) throws ItemException {
    return strict(bytes, start, bytes.length, charset);
  }

  private static String strict(byte[] bytes, int start, int end, Charset charset)
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
  static String beginning(byte[] head) {
    Optional<ByteOrderMark> mark = ByteOrderMark.of(head);
    int start = mark.map(ByteOrderMark::length).orElse(0);
    Charset charset = mark.map(ByteOrderMark::charset).orElse(UTF_8);
    return new String(head, start, head.length - start, charset);
  }

  /** Whether every other byte is NUL: text of a Latin script in two bytes each. */
  static boolean looksLikeUtf16(byte[] bytes) {
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
