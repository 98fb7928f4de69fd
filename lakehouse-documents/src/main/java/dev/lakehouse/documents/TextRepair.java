// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes of what was set in print the text that was written. */
final class TextRepair {
  private static final Pattern HYPHEN_AT_LINE_END =
      Pattern.compile("(\\p{L}{2,})[-\\u2010]\\n+(?=\\p{Ll}{2,})");
  private static final Pattern SENTENCE_GOES_ON =
      Pattern.compile("(?<=[\\p{L}\\p{Nd},;])\\n{2,}(?=\\p{Ll})");
  private static final Pattern SPACES = Pattern.compile("[ \\t\\u00A0\\u2000-\\u200A\\u3000]+");
  private static final Pattern SPACE_AT_EDGE = Pattern.compile(" *\\n *");
  private static final Pattern EMPTY_LINES = Pattern.compile("\\n{3,}");
  private static final Pattern SOFT_HYPHEN = Pattern.compile("\\u00AD\\n*");
  private static final String[] LIGATURES = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};
  private static final char FIRST_LIGATURE = '\uFB00';

  private static final Set<String> COMPOUND =
      Set.of("all", "cross", "half", "high", "ill", "long", "low", "open", "self", "short", "well");

  private TextRepair() {}

  /** Of lines as they stand on paper: words cut at line ends are joined as well. */
  static String ofLines(String text) {
    String tidy = of(text);
    Matcher cut = HYPHEN_AT_LINE_END.matcher(tidy);
    String joined =
        cut.replaceAll(
            match ->
                Matcher.quoteReplacement(
                    isCompound(tidy, match.group(1), next(tidy, match.end()))
                        ? match.group(1) + "-"
                        : match.group(1)));
    return SENTENCE_GOES_ON.matcher(joined).replaceAll("\n");
  }

  /** Whether the hyphen belongs to the word: it has it elsewhere, or a word seldom goes without. */
  private static boolean isCompound(String text, String first, String second) {
    return text.contains(first + "-" + second)
        || COMPOUND.contains(first.toLowerCase(Locale.ROOT)) && !text.contains(first + second);
  }

  private static String next(String text, int from) {
    int to = from;
    while (to < text.length() && Character.isLetter(text.charAt(to))) {
      to++;
    }
    return text.substring(from, to);
  }

  /** Ligatures are letters, no space is doubled or stands at the edge of a line. */
  static String of(String text) {
    String letters = withoutLigatures(SOFT_HYPHEN.matcher(text.replace("\r", "")).replaceAll(""));
    String spaced = SPACES.matcher(letters).replaceAll(" ");
    String edged = SPACE_AT_EDGE.matcher(spaced).replaceAll("\n");
    return EMPTY_LINES.matcher(edged).replaceAll("\n\n").strip();
  }

  private static String withoutLigatures(String text) {
    StringBuilder letters = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      int ligature = text.charAt(i) - FIRST_LIGATURE;
      if (ligature >= 0 && ligature < LIGATURES.length) {
        letters.append(LIGATURES[ligature]);
      } else if (text.charAt(i) != 0) {
        letters.append(text.charAt(i));
      }
    }
    return letters.toString();
  }
}
