// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Relative paths with {@code /} to percent-encoded URIs and back.
 *
 * <p>A URI names the bytes of a file name exactly, also where the locale of the JVM cannot.
 */
public final class UriNames {
  /** What {@code java.nio.file.Path.toUri} leaves as it is. */
  private static final String PLAIN = "_-!.~'()*:@&=+$,/";

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private UriNames() {}

  /** A relative path as part of a URI. */
  public static String encode(String relativePath) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : relativePath.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(b)) {
        encoded.append((char) b);
      } else {
        encoded.append('%').append(HEX.toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  private static boolean isPlain(byte b) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || b >= '0' && b <= '9'
        || b > 0 && PLAIN.indexOf(b) >= 0;
  }

  /** A part of a URI as text. A byte that is not UTF-8 becomes U+FFFD and its two hex digits. */
  public static String decode(String encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(bytes(encoded));
    CharBuffer text = CharBuffer.allocate(3 * bytes.remaining() + 1);
    CharsetDecoder decoder =
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
    while (decoder.decode(bytes, text, true).isError()) {
      text.put('\uFFFD').put(HEX.toHexDigits(bytes.get()));
    }
    return text.flip().toString();
  }

  /** The last name of a URI's path as text. */
  public static String lastName(String uri) {
    return decode(uri.substring(uri.lastIndexOf('/') + 1));
  }

  private static byte[] bytes(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%') {
        bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    return bytes.toByteArray();
  }
}
