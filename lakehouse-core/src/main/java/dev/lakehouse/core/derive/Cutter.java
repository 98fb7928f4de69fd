// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.derive;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a text into passages that end where sentences do and overlap by a sentence.
 *
 * <p>A passage holds what fits into 160 words, where a letter of a script without spaces counts as
 * one: about 210 word pieces, so that models that read 256 of them see all of it. A sentence that
 * is longer is cut between words, and if it has none, anywhere. Sentences are those of the JDK's
 * {@link BreakIterator}, a paragraph's end ends one too. Takes time in proportion to the length.
 */
public final class Cutter {
  private static final int WORDS = 160;
  private static final int CHARS = 1_200;

  private Cutter() {}

  /**
   * A place in a text.
   *
   * @param from first UTF-16 unit
   * @param to behind the last
   */
  public record Span(int from, int to) {}

  /**
   * The passages of a text, each named by the code points that it is made of.
   *
   * @param place of the text in its content, ending in a slash; empty if it is the content
   */
  public static List<Passage> passages(String place, String text) {
    List<Passage> passages = new ArrayList<>();
    int counted = 0;
    int points = 0;
    for (Span span : spans(text)) {
      points += text.codePointCount(counted, span.from());
      counted = span.from();
      String passage = text.substring(span.from(), span.to());
      int end = points + passage.codePointCount(0, passage.length());
      passages.add(new Passage("%schars/%d-%d".formatted(place, points, end), passage));
    }
    return passages;
  }

  /** The spans of a text's passages, in order; one if it fits, none if it is blank. */
  public static List<Span> spans(String text) {
    List<Span> sentences = sentences(text);
    List<Span> spans = new ArrayList<>();
    int first = 0;
    while (first < sentences.size()) {
      int next = first;
      Weight weight = Weight.NONE;
      while (next < sentences.size()) {
        Weight more = weight.plus(Weight.of(text, sentences.get(next)));
        if (next > first && !more.fits()) {
          break;
        }
        weight = more;
        next++;
      }
      spans.add(new Span(sentences.get(first).from(), sentences.get(next - 1).to()));
      // the last sentence again, unless it alone filled the passage or nothing is left
      first = next < sentences.size() && next - first > 1 ? next - 1 : next;
    }
    return spans;
  }

  /** Sentences without the blanks around them, none of which is too long to fit. */
  private static List<Span> sentences(String text) {
    List<Span> sentences = new ArrayList<>();
    BreakIterator ends = BreakIterator.getSentenceInstance(Locale.ROOT);
    ends.setText(text);
    int from = ends.first();
    for (int to = ends.next(); to != BreakIterator.DONE; from = to, to = ends.next()) {
      addParagraphs(text, from, to, sentences);
    }
    return sentences;
  }

  private static void addParagraphs(String text, int from, int to, List<Span> sentences) {
    int start = from;
    for (int end = text.indexOf("\n\n", start);
        end >= 0 && end < to;
        end = text.indexOf("\n\n", start)) {
      addPieces(text, start, end, sentences);
      start = end + 2;
    }
    addPieces(text, start, to, sentences);
  }

  private static void addPieces(String text, int from, int to, List<Span> sentences) {
    int start = from;
    while (start < to) {
      int end = pieceEnd(text, start, to);
      Span piece = stripped(text, start, end);
      if (piece.from() < piece.to()) {
        sentences.add(piece);
      }
      start = end;
    }
  }

  /** As much as fits, up to a blank if there is one. */
  private static int pieceEnd(String text, int from, int to) {
    Weight weight = Weight.NONE;
    int blank = -1;
    for (int at = from; at < to; ) {
      int codePoint = text.codePointAt(at);
      weight = weight.plus(codePoint, at == from ? ' ' : text.codePointBefore(at));
      if (!weight.fits()) {
        return blank > from ? blank : Math.max(at, from + Character.charCount(codePoint));
      }
      at += Character.charCount(codePoint);
      if (Character.isWhitespace(codePoint)) {
        blank = at;
      }
    }
    return to;
  }

  private static Span stripped(String text, int from, int to) {
    int start = from;
    int end = to;
    while (start < end && Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return new Span(start, end);
  }

  /**
   * How much of a passage something takes.
   *
   * @param words and letters of scripts without spaces
   * @param chars UTF-16 units
   */
  private record Weight(int words, int chars) {
    static final Weight NONE = new Weight(0, 0);

    static Weight of(String text, Span span) {
      Weight weight = NONE;
      int before = ' ';
      for (int at = span.from(); at < span.to(); ) {
        int codePoint = text.codePointAt(at);
        weight = weight.plus(codePoint, before);
        before = codePoint;
        at += Character.charCount(codePoint);
      }
      return weight;
    }

    Weight plus(int codePoint, int before) {
      boolean begins = Character.isLetterOrDigit(codePoint) && !Character.isLetterOrDigit(before);
      boolean word = begins || Character.isIdeographic(codePoint) || isUnspaced(codePoint);
      return new Weight(words + (word ? 1 : 0), chars + Character.charCount(codePoint));
    }

    private static boolean isUnspaced(int codePoint) {
      return switch (Character.UnicodeScript.of(codePoint)) {
        case HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
        default -> false;
      };
    }

    Weight plus(Weight other) {
      return new Weight(words + other.words, chars + other.chars);
    }

    boolean fits() {
      return words <= WORDS && chars <= CHARS;
    }
  }
}
