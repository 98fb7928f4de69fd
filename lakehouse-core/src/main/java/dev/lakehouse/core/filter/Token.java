// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A word of a condition.
 *
 * @param kind what it is
 * @param text as it stands in the condition
 * @param at place of its first character, from 0
 */
record Token(Kind kind, String text, int at) {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*+");
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]++(?:\\.[0-9]++)?");
  private static final Pattern SIGN = Pattern.compile("<=|>=|<>|!=|[=<>(),]");

  enum Kind {
    WORD,
    TEXT,
    NUMBER,
    SIGN,
    END
  }

  /** The words of a condition, {@link Kind#END} last. */
  static List<Token> of(String condition) {
    List<Token> tokens = new ArrayList<>();
    int at = skipSpace(condition, 0);
    while (at < condition.length()) {
      Token token = read(condition, at);
      tokens.add(token);
      at = skipSpace(condition, at + token.text.length());
    }
    tokens.add(new Token(Kind.END, "", at));
    return tokens;
  }

  private static int skipSpace(String condition, int from) {
    int at = from;
    while (at < condition.length() && Character.isWhitespace(condition.charAt(at))) {
      at++;
    }
    return at;
  }

  private static Token read(String condition, int at) {
    char first = condition.charAt(at);
    if (first == '\'') {
      return new Token(Kind.TEXT, condition.substring(at, endOfText(condition, at)), at);
    }
    if (first == '-' || Character.isDigit(first)) {
      return read(condition, at, Kind.NUMBER, NUMBER);
    }
    return Character.isLetter(first) || first == '_'
        ? read(condition, at, Kind.WORD, WORD)
        : read(condition, at, Kind.SIGN, SIGN);
  }

  private static Token read(String condition, int at, Kind kind, Pattern pattern) {
    Matcher matcher = pattern.matcher(condition).region(at, condition.length());
    if (matcher.lookingAt()) {
      return new Token(kind, matcher.group(), at);
    }
    char found = condition.charAt(at);
    throw new FilterSyntax(condition)
        .wrong(
            at,
            found == '"' || found == '`'
                ? "texts stand between single quotes, columns between none"
                : "'" + found + "' means nothing here");
  }

  /** Behind the closing quote; a doubled quote is part of the text. */
  private static int endOfText(String condition, int start) {
    int at = start + 1;
    while (true) {
      int quote = condition.indexOf('\'', at);
      if (quote < 0) {
        throw new FilterSyntax(condition).wrong(start, "this text has no closing quote");
      }
      if (!condition.startsWith("''", quote)) {
        return quote + 1;
      }
      at = quote + 2;
    }
  }

  /** Whether it is this keyword or sign. */
  boolean is(String word) {
    return kind != Kind.TEXT && text.equalsIgnoreCase(word);
  }

  /** Whether it compares. */
  boolean isOperator() {
    return kind == Kind.SIGN && !text.matches("[(),]");
  }
}
