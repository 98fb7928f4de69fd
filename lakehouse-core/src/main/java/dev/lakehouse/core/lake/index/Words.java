// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a text, as an index keeps them and a query asks for them: the same on both sides, in
 * every language, without a list of words to leave out and without stems.
 *
 * <ul>
 *   <li>Letters lose their case and, where marks only modify them, their marks: {@code Café} is
 *       {@code cafe}. Full-width forms and ligatures are what they stand for.
 *   <li>A word is a run of letters, digits and what belongs to them. What joins two words, as in
 *       {@code t-test}, divides them; whoever asks for it asks for both in a row.
 *   <li>Scripts without spaces between words (Chinese, Japanese, Thai, Lao, Khmer, Burmese) have a
 *       word for each character, so that a word inside a sentence is some of them in a row.
 *   <li>What only says how to set a word does not divide it, as a soft hyphen or the joiners of
 *       Persian and Hindi.
 *   <li>{@code +} and {@code #} behind a word are a word ({@code C++}, {@code C#}), and so is a
 *       pictograph.
 * </ul>
 */
public final class Words {
  private static final Set<UnicodeScript> WITHOUT_SPACES =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);

  /** Of Katakana and Hiragana, so that Unicode counts it to neither. */
  private static final int LONG_VOWEL = 0x30fc;

  /** A space for all that Unicode counts it to the signs of format. */
  private static final int ZERO_WIDTH_SPACE = 0x200b;

  /** A word that is longer is a number, a key or damage: nobody asks for all of it. */
  private static final int MAX_LENGTH = 100;

  private static final String FOLDED = "ßæœøłđðþıς";
  private static final String[] FOLDS = {"ss", "ae", "oe", "o", "l", "d", "d", "th", "i", "σ"};

  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean open;

  private Words() {}

  /** The words of a text in their order. */
  public static List<String> of(String text) {
    Words found = new Words();
    folded(text).codePoints().forEach(found::take);
    found.end();
    return found.words;
  }

  /** The words of a text as an index keeps them, a space between any two. */
  public static String line(String text) {
    return String.join(" ", of(text));
  }

  private static String folded(String text) {
    String apart =
        Normalizer.normalize(
            Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT),
            Normalizer.Form.NFD);
    StringBuilder folded = new StringBuilder(apart.length());
    for (int i = 0; i < apart.length(); i++) {
      char c = apart.charAt(i);
      int fold = FOLDED.indexOf(c);
      if (fold >= 0) {
        folded.append(FOLDS[fold]);
      } else if (c < '\u0300' || c > '\u036f') { // marks of Latin, Greek and Cyrillic
        folded.append(c);
      }
    }
    return Normalizer.normalize(folded, Normalizer.Form.NFC);
  }

  private void take(int c) {
    if (isInvisible(c)) {
      return;
    }
    if (isMark(c)) {
      if (open) {
        word.appendCodePoint(c); // a vowel of the letter before it
      }
    } else if (Character.isLetterOrDigit(c)) {
      if (isAlone(c) || (open && isNoWord(word.codePointAt(0)))) {
        end();
      }
      word.appendCodePoint(c);
      open = true;
    } else if (isSign(c) && open) {
      if (!isSign(word.charAt(0))) {
        end();
      }
      word.appendCodePoint(c);
      open = true;
    } else {
      end();
      if (Character.getType(c) == Character.OTHER_SYMBOL) {
        word.appendCodePoint(c);
        end();
      }
    }
  }

  /** Whether what begins so is not gone on with by a letter. */
  private static boolean isNoWord(int first) {
    return isSign(first) || isAlone(first);
  }

  /** Whether a word is a character of a script without spaces. */
  static boolean isAlone(String word) {
    return isAlone(word.codePointAt(0));
  }

  private static boolean isAlone(int c) {
    return c == LONG_VOWEL || WITHOUT_SPACES.contains(UnicodeScript.of(c));
  }

  private static boolean isSign(int c) {
    return c == '+' || c == '#';
  }

  private static boolean isInvisible(int c) {
    return Character.getType(c) == Character.FORMAT && c != ZERO_WIDTH_SPACE;
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  private void end() {
    if (word.length() > 0) {
      int length = Math.min(word.length(), MAX_LENGTH);
      boolean halves = length < word.length() && Character.isHighSurrogate(word.charAt(length - 1));
      words.add(word.substring(0, halves ? length - 1 : length));
      word.setLength(0);
    }
    open = false;
  }
}
