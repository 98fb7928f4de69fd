// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.text;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts addresses in a text. Every repetition in the patterns is possessive or bounded, so the
 * time grows with the length of the text whatever stands in it.
 *
 * @param urls with scheme http, https or ftp, or beginning with www.
 * @param emails of the usual form
 * @param phones of 8 to 15 digits in groups that begin with a plus, a zero or a bracket, or are
 *     grouped as in North America
 */
record Contacts(long urls, long emails, long phones) {
  private static final Pattern URL =
      Pattern.compile("(?i)\\b(?:(?:https?|ftp)://|www\\.)[^\\s<>\"'()\\[\\]{}]++");
  private static final Pattern EMAIL =
      Pattern.compile(
          "(?<![\\w.+-])[\\w+-](?:[\\w.+-]{0,63}+)@[A-Za-z0-9-]{1,63}+(?:\\.[A-Za-z0-9-]{1,63}+){1,8}+");
  private static final Pattern PHONE =
      Pattern.compile(
          "(?<![\\w.+/-])(?:\\+\\d{1,3}[ .-]?|00\\d{1,3}[ .-])?"
              + "(?:\\(\\d{1,5}\\)[ .-]?)?\\d{2,5}(?:[ .-]\\d{2,8}){1,5}(?![\\w/-])");
  private static final Pattern NORTH_AMERICAN = Pattern.compile("\\d{3}[ .-]\\d{3}[ .-]\\d{4}");
  private static final int MIN_DIGITS = 8;
  private static final int MAX_DIGITS = 15;

  static Contacts in(String text) {
    return new Contacts(count(URL, text), count(EMAIL, text), phones(text));
  }

  private static long count(Pattern pattern, String text) {
    return pattern.matcher(text).results().count();
  }

  private static long phones(String text) {
    Matcher matcher = PHONE.matcher(text);
    long count = 0;
    while (matcher.find()) {
      String found = matcher.group();
      long digits = found.chars().filter(Character::isDigit).count();
      boolean marked = found.charAt(0) == '+' || found.charAt(0) == '0' || found.indexOf('(') >= 0;
      count +=
          digits >= MIN_DIGITS
                  && digits <= MAX_DIGITS
                  && (marked || NORTH_AMERICAN.matcher(found).matches())
              ? 1
              : 0;
    }
    return count;
  }
}
