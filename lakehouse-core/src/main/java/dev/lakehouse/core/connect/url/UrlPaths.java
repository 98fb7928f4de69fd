// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Paths and queries as they go over the wire: what is encoded stays, a lone percent sign and what
 * no URL may hold is encoded, as browsers do (WHATWG URL, percent-encode sets of path and query).
 */
final class UrlPaths {
  private static final String PLAIN_IN_PATH = "-._~!$&'()*+,;=:@/";
  private static final String PLAIN_IN_QUERY = PLAIN_IN_PATH + "?[]";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private UrlPaths() {}

  /** A path, with {@code .} and {@code ..} resolved; at least a slash. */
  static String path(String written) {
    List<String> names = new ArrayList<>();
    String[] parts = written.replace('\\', '/').replaceFirst("^/", "").split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      String dots = parts[i].replaceAll("(?i)%2e", ".");
      boolean last = i == parts.length - 1;
      if (dots.equals("..") && !names.isEmpty()) {
        names.remove(names.size() - 1);
      }
      if (!dots.equals("..") && !dots.equals(".")) {
        names.add(encoded(parts[i], PLAIN_IN_PATH));
      } else if (last) {
        names.add("");
      }
    }
    return "/" + String.join("/", names);
  }

  /** A query with its question mark, or nothing. */
  static String query(String written) {
    return encoded(written, PLAIN_IN_QUERY);
  }

  private static String encoded(String text, String plain) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder encoded = new StringBuilder();
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      boolean alphanumeric = c < 0x80 && Character.isLetterOrDigit(c);
      if (alphanumeric || plain.indexOf(c) >= 0 || c == '%' && isEscape(bytes, i)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.toHexDigits(bytes[i]));
      }
    }
    return encoded.toString();
  }

  private static boolean isEscape(byte[] bytes, int at) {
    return at + 2 < bytes.length
        && HexFormat.isHexDigit(bytes[at + 1])
        && HexFormat.isHexDigit(bytes[at + 2]);
  }
}
