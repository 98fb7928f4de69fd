// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.folder;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern over relative paths: {@code *} and {@code ?} stay inside one folder, {@code **} does
 * not, {@code [a-z]} and {@code {jpg,png}} mean one of. Without a slash it is about the file's name
 * in any folder.
 */
final class Glob {
  private final Pattern pattern;

  private Glob(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Reads a pattern.
   *
   * @throws LakehouseException CONFIG_INVALID if it cannot be understood
   */
  static Glob of(String glob) {
    String anchored = glob.indexOf('/') < 0 ? "**/" + glob : glob;
    try {
      return new Glob(Pattern.compile(regex(anchored), Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      throw LakehouseException.because(
          e,
          ErrorCode.CONFIG_INVALID,
          "Invalid --glob '%s': %s. Expected for example '*.jpg' or 'train/**/*.{jpg,png}'",
          glob,
          e.getDescription());
    }
  }

  boolean matches(String relativePath) {
    return pattern.matcher(relativePath).matches();
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    int braces = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (glob.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '[') {
        int end = glob.indexOf(']', i + 2);
        regex.append(end < 0 ? "[" : characterClass(glob.substring(i + 1, end)));
        i = end < 0 ? i : end;
      } else if (c == '\\' && i + 1 < glob.length()) {
        regex.append(Pattern.quote(glob.substring(++i, i + 1)));
      } else {
        regex.append(one(c, braces));
        braces += c == '{' ? 1 : c == '}' ? -1 : 0;
      }
    }
    return regex.toString();
  }

  private static String one(char c, int braces) {
    return switch (c) {
      case '*' -> "[^/]*";
      case '?' -> "[^/]";
      case '{' -> "(?:";
      case '}' -> ")";
      case ',' -> braces > 0 ? "|" : ",";
      default -> Pattern.quote(String.valueOf(c));
    };
  }

  private static String characterClass(String inside) {
    boolean negated = inside.startsWith("!") || inside.startsWith("^");
    String set = negated ? inside.substring(1) : inside;
    return (negated ? "[^/" : "[") + set.replaceAll("[\\[\\\\&^]", "\\\\$0") + "]";
  }
}
