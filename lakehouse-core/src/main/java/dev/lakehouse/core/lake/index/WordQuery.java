// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lance.ipc.FullTextQuery;
import org.lance.ipc.FullTextQuery.BooleanClause;
import org.lance.ipc.FullTextQuery.Occur;

/**
 * What somebody asks for in words. It is data: nothing in it is an operator but a pair of quotation
 * marks around words, which must then stand in a row.
 *
 * @param words any of which may be there; the more and the rarer, the better
 * @param joined words that are written as one, such as {@code t-test}, and characters of scripts
 *     without spaces, pair by pair: they count where they stand in a row
 * @param phrases in quotation marks: each must be there
 */
public record WordQuery(List<String> words, List<List<String>> joined, List<List<String>> phrases) {
  /** A longer question is a text; that some text holds it in a row is no more likely by then. */
  private static final int MAX_IN_A_ROW = 8;

  /** More of them tell nothing more and cost time for each. */
  private static final int MAX_WORDS = 64;

  /** A pair of quotation marks, outside of words; one alone is a sign like any other. */
  private static final Pattern QUOTED =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])(?:\"([^\"]*)\"|[“„]([^“”\"„]*)[”“]|«([^«»]*)»)(?![\\p{L}\\p{N}])");

  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");

  public WordQuery {
    words = List.copyOf(words);
    joined = joined.stream().map(List::copyOf).toList();
    phrases = phrases.stream().map(List::copyOf).toList();
  }

  /** Reads a question, whatever is in it. */
  public static WordQuery of(String text) {
    List<List<String>> phrases = new ArrayList<>();
    StringBuilder rest = new StringBuilder();
    Matcher quoted = QUOTED.matcher(text);
    while (quoted.find()) {
      List<String> phrase = limited(Words.of(quoted.group()));
      if (!phrase.isEmpty()) {
        phrases.add(phrase);
      }
      quoted.appendReplacement(rest, " ");
    }
    quoted.appendTail(rest);
    WordQuery query = new WordQuery(List.of(), List.of(), phrases);
    for (String piece : rest.toString().strip().split("[\\s'’]+")) {
      query = query.and(limited(Words.of(piece)));
    }
    return query.inOrder(limited(Words.of(rest.toString())));
  }

  /** What was written as one: one word, or several that are asked for in a row. */
  private WordQuery and(List<String> piece) {
    Set<String> more = new LinkedHashSet<>(words);
    Set<List<String>> rows = new LinkedHashSet<>(joined);
    int begin = 0;
    for (int i = 1; i <= piece.size(); i++) {
      boolean alone = Words.isAlone(piece.get(begin));
      if (i < piece.size() && Words.isAlone(piece.get(i)) == alone) {
        continue;
      }
      List<String> run = piece.subList(begin, i);
      if (run.size() == 1) {
        more.addAll(run);
      } else {
        rows.add(run);
        for (int pair = 0; alone && pair + 1 < run.size(); pair++) {
          rows.add(run.subList(pair, pair + 2)); // as good as words, where nobody can tell these
        }
      }
      begin = i;
    }
    return new WordQuery(limited(List.copyOf(more)), limited(List.copyOf(rows)), phrases);
  }

  private static <T> List<T> limited(List<T> list) {
    return list.subList(0, Math.min(list.size(), MAX_WORDS));
  }

  /** A short question counts for more where its words stand in a row. */
  private WordQuery inOrder(List<String> all) {
    if (all.size() < 2 || all.size() > MAX_IN_A_ROW || joined.contains(all)) {
      return this;
    }
    List<List<String>> more = new ArrayList<>(joined);
    more.add(all);
    return new WordQuery(words, more, phrases);
  }

  /** Whether it asks for nothing: it holds no word, but signs at most. */
  public boolean isEmpty() {
    return words.isEmpty() && joined.isEmpty() && phrases.isEmpty();
  }

  /** Every word in it, each once. */
  public Set<String> all() {
    Set<String> all = new LinkedHashSet<>(words);
    Stream.concat(joined.stream(), phrases.stream()).forEach(all::addAll);
    return all;
  }

  /**
   * A text with the words in it marked that this asks for.
   *
   * @param mark what is made of a word
   */
  public String marked(String text, UnaryOperator<String> mark) {
    Set<String> sought = all();
    return WORD.matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(marked(found.group(), sought, mark)));
  }

  private static String marked(String run, Set<String> sought, UnaryOperator<String> mark) {
    List<String> words = Words.of(run);
    if (words.size() == 1) {
      return sought.contains(words.get(0)) ? mark.apply(run) : run;
    }
    return run.codePoints()
        .mapToObj(Character::toString)
        .map(
            one ->
                sought.containsAll(Words.of(one)) && !Words.of(one).isEmpty()
                    ? mark.apply(one)
                    : one)
        .collect(Collectors.joining());
  }

  FullTextQuery toLance(String column) {
    List<BooleanClause> clauses = new ArrayList<>();
    phrases.forEach(phrase -> clauses.add(new BooleanClause(Occur.MUST, inARow(phrase, column))));
    if (!words.isEmpty()) {
      FullTextQuery any = FullTextQuery.match(String.join(" ", words), column);
      clauses.add(new BooleanClause(Occur.SHOULD, any));
    }
    joined.forEach(row -> clauses.add(new BooleanClause(Occur.SHOULD, inARow(row, column))));
    return clauses.size() == 1 ? clauses.get(0).getQuery() : FullTextQuery.booleanQuery(clauses);
  }

  private static FullTextQuery inARow(List<String> words, String column) {
    String line = String.join(" ", words);
    return words.size() == 1
        ? FullTextQuery.match(line, column)
        : FullTextQuery.phrase(line, column);
  }
}
