// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import dev.lakehouse.core.curate.Threshold.Comparison;
import dev.lakehouse.core.curate.Threshold.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds comparisons of one figure with a constant in the condition of a rule. What it is not sure
 * of it passes over.
 */
final class ThresholdReader {
  private static final String NUMBER = "([-+]?\\d+(?:\\.\\d+)?(?:[eE][-+]?\\d+)?)";
  private static final String NAME = "([a-z_][a-z0-9_]*)";
  private static final String SIGN = "\\s*(<=|>=|==|=|<|>)\\s*";

  private static final Pattern SIMPLE = pattern(NAME + SIGN + NUMBER);
  private static final Pattern TURNED = pattern(NUMBER + SIGN + NAME);
  private static final Pattern BETWEEN =
      pattern(NAME + "\\s+between\\s+" + NUMBER + "\\s+and\\s+" + NUMBER);
  private static final Pattern EXTREME =
      pattern("(least|greatest)\\s*\\(([a-z0-9_,\\s]+)\\)" + SIGN + NUMBER);
  private static final Pattern EACH =
      pattern("forall\\s*\\(\\s*(captions|passages|keyframes)\\s*,\\s*" + NAME + "\\s*->(.*)\\)");

  private static final Map<String, Comparison> COMPARISONS =
      Map.of(
          "<", Comparison.BELOW,
          "<=", Comparison.AT_MOST,
          ">", Comparison.ABOVE,
          ">=", Comparison.AT_LEAST,
          "=", Comparison.EQUAL,
          "==", Comparison.EQUAL);

  private static final Map<String, String> TURNS =
      Map.of("<", ">", "<=", ">=", ">", "<", ">=", "<=", "=", "=", "==", "=");

  private final Part part;
  private final List<Threshold> found = new ArrayList<>();

  private ThresholdReader(Part part) {
    this.part = part;
  }

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  }

  static List<Threshold> read(String condition) {
    return read(condition, Part.CONTENT);
  }

  private static List<Threshold> read(String condition, Part part) {
    ThresholdReader reader = new ThresholdReader(part);
    parts(condition).forEach(reader::take);
    return List.copyOf(reader.found);
  }

  /** What AND joins at the top of a condition; nothing where OR does. */
  private static List<String> parts(String condition) {
    String whole = withoutBrackets(condition.strip());
    List<String> parts = new ArrayList<>();
    int from = 0;
    boolean between = false;
    for (Words words = new Words(whole); words.next(); ) {
      switch (words.word) {
        case "or", "case" -> {
          return List.of();
        }
        case "between" -> between = true;
        case "and" -> {
          if (!between) {
            parts.add(whole.substring(from, words.start));
            from = words.end;
          }
          between = false;
        }
        default -> {}
      }
    }
    parts.add(whole.substring(from));
    return parts;
  }

  /** Without brackets around all of it. */
  private static String withoutBrackets(String text) {
    String inner = text;
    while (inner.startsWith("(") && closing(inner) == inner.length() - 1) {
      inner = inner.substring(1, inner.length() - 1).strip();
    }
    return inner;
  }

  private static int closing(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      depth += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    return -1;
  }

  private void take(String raw) {
    String text = raw.strip();
    if (!withoutBrackets(text).equals(text)) {
      found.addAll(read(text, part));
      return;
    }
    Matcher simple = SIMPLE.matcher(text);
    Matcher turned = TURNED.matcher(text);
    Matcher between = BETWEEN.matcher(text);
    Matcher extreme = EXTREME.matcher(text);
    Matcher each = EACH.matcher(text);
    if (simple.matches()) {
      add(simple.group(1), simple.group(2), simple.group(3));
    } else if (turned.matches()) {
      add(turned.group(3), TURNS.getOrDefault(turned.group(2), "="), turned.group(1));
    } else if (between.matches()) {
      add(between.group(1), ">=", between.group(2));
      add(between.group(1), "<=", between.group(3));
    } else if (extreme.matches()) {
      extreme(extreme.group(1), extreme.group(2), extreme.group(3), extreme.group(4));
    } else if (each.matches() && part == Part.CONTENT) {
      each(each.group(1), each.group(2), each.group(3));
    }
  }

  /** The least of some is large enough where each is; the greatest is small enough likewise. */
  private void extreme(String which, String names, String sign, String number) {
    if (sign.startsWith(which.equalsIgnoreCase("least") ? ">" : "<")) {
      Arrays.stream(names.split(",")).forEach(name -> add(name.strip(), sign, number));
    }
  }

  private void each(String parts, String variable, String condition) {
    String inner = condition.replaceAll("\\b" + Pattern.quote(variable) + "\\s*\\.\\s*", "");
    found.addAll(read(inner, Part.valueOf(parts.toUpperCase(Locale.ROOT))));
  }

  private void add(String name, String sign, String number) {
    found.add(
        new Threshold(
            part,
            name.toLowerCase(Locale.ROOT),
            COMPARISONS.getOrDefault(sign, Comparison.EQUAL),
            Double.parseDouble(number)));
  }

  /** The words of a condition that stand outside of brackets and quotes, in lower case. */
  private static final class Words {
    private final String text;
    private String word = "";
    private int start;
    private int end;

    Words(String text) {
      this.text = text;
    }

    boolean next() {
      int depth = 0;
      char quote = 0;
      for (int i = end; i < text.length(); i++) {
        char c = text.charAt(i);
        if (quote != 0) {
          quote = c == quote ? 0 : quote;
        } else if (c == '\'' || c == '"' || c == '`') {
          quote = c;
        } else if (c == '(' || c == '[') {
          depth++;
        } else if (c == ')' || c == ']') {
          depth--;
        } else if (depth == 0 && Character.isLetter(c)) {
          take(i);
          return true;
        }
      }
      return false;
    }

    private void take(int from) {
      start = from;
      end = from;
      while (end < text.length() && isOfWord(text.charAt(end))) {
        end++;
      }
      word = text.substring(start, end).toLowerCase(Locale.ROOT);
    }

    private static boolean isOfWord(char c) {
      return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }
  }
}
