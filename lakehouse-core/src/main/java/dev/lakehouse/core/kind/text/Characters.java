// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.text;

import dev.lakehouse.core.codec.text.HtmlText;

/**
 * Counts over the code points of a text, in one pass.
 *
 * @param all code points
 * @param symbols neither letter, mark, digit nor white space
 * @param controls control characters other than tab and those that end lines or pages
 * @param longestLine code points of the longest line
 * @param inTags code points from {@code <} to {@code >} of tags of HTML
 */
record Characters(long all, long symbols, long controls, long longestLine, long inTags) {
  private static final int LONGEST_TAG = 500;

  static Characters in(String text) {
    long all = 0;
    long symbols = 0;
    long controls = 0;
    long longest = 0;
    long line = 0;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      boolean control = Character.getType(codePoint) == Character.CONTROL;
      all++;
      line = endsLine(codePoint) ? 0 : line + 1;
      longest = Math.max(longest, line);
      controls += control && codePoint != '\t' && !endsLine(codePoint) ? 1 : 0;
      symbols += control || isPlain(codePoint) ? 0 : 1;
      at += Character.charCount(codePoint);
    }
    return new Characters(all, symbols, controls, longest, inTags(text));
  }

  private static boolean endsLine(int codePoint) {
    return codePoint >= '\n' && codePoint <= '\r' // also vertical tab and form feed
        || codePoint == 0x85
        || codePoint == 0x2028
        || codePoint == 0x2029;
  }

  private static boolean isPlain(int codePoint) {
    int type = Character.getType(codePoint);
    return Character.isLetterOrDigit(codePoint)
        || Character.isWhitespace(codePoint)
        || Character.isSpaceChar(codePoint)
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  private static long inTags(String text) {
    long sum = 0;
    int open = text.indexOf('<');
    while (open >= 0) {
      int close = endOfTag(text, open);
      sum += close < 0 ? 0 : close + 1 - open;
      open = text.indexOf('<', Math.max(open, close) + 1);
    }
    return sum;
  }

  /** Where the tag of HTML that opens here closes; -1 where there is none. */
  private static int endOfTag(String text, int open) {
    int limit = Math.min(text.length(), open + LONGEST_TAG);
    int close = open + 1;
    while (close < limit && text.charAt(close) != '>' && text.charAt(close) != '<') {
      close++;
    }
    boolean closed = close < limit && text.charAt(close) == '>';
    return closed && HtmlText.isTag(text.substring(open, close)) ? close : -1;
  }

  double share(long some) {
    return all == 0 ? 0 : (double) some / all;
  }
}
