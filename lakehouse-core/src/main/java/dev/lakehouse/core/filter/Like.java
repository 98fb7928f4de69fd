// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.filter;

import java.util.regex.Pattern;

/**
 * The pattern of a LIKE: {@code %} is any text, {@code _} any character, a backslash quotes them.
 */
final class Like {
  private static final String SPECIAL = "%_\\";

  private Like() {}

  static Pattern pattern(String like) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < like.length(); i++) {
      char c = like.charAt(i);
      boolean quotes =
          c == '\\' && i + 1 < like.length() && SPECIAL.indexOf(like.charAt(i + 1)) >= 0;
      if (quotes) {
        regex.append(Pattern.quote(like.substring(i + 1, i + 2)));
        i++;
      } else if (c == '%') {
        regex.append(".*");
      } else if (c == '_') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
