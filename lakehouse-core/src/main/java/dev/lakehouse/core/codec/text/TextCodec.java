// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.ByteOrderMark;
import dev.lakehouse.core.codec.EncodedText;
import java.nio.charset.Charset;
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
      return new DecodedText(
          EncodedText.decode(bytes, mark.get().length(), charset), charset.name());
    }
    if (EncodedText.looksLikeUtf16(bytes)) {
      throw new ItemException(
          ItemError.INVALID_ENCODING,
          "Expected UTF-8, found UTF-16 without a byte order mark; convert the file to UTF-8");
    }
    Optional<Charset> declared = DeclaredCharset.of(bytes);
    if (declared.filter(DeclaredCharset::isShifted).isEmpty() && isUtf8(bytes)) {
      return new DecodedText(EncodedText.decode(bytes, 0, UTF_8), UTF_8.name());
    }
    return declared.isPresent() && DeclaredCharset.isReadAsAscii(declared.get())
        ? asDeclared(bytes, declared.get())
        : new DecodedText(EncodedText.decode(bytes, 0, UTF_8), UTF_8.name());
  }

  private static DecodedText asDeclared(byte[] bytes, Charset declared) throws ItemException {
    Optional<Charset> meant = DeclaredCharset.meantBy(declared);
    try {
      String text = EncodedText.decode(bytes, 0, declared);
      if (meant.isEmpty() || !C1_CONTROLS.matcher(text).find()) {
        return new DecodedText(text, declared.name());
      }
    } catch (ItemException e) {
      if (meant.isEmpty()) {
        throw e;
      }
    }
    return new DecodedText(EncodedText.decode(bytes, 0, meant.get()), meant.get().name());
  }

  private static boolean isUtf8(byte[] bytes) {
    try {
      EncodedText.decodeUtf8(bytes, 0, bytes.length);
      return true;
    } catch (ItemException e) {
      return false;
    }
  }
}
