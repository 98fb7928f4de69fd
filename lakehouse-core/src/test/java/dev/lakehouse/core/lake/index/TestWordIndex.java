// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.lake.LakeLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words in real indexes: over many fragments, with and without indexes of filters. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestWordIndex {
  private static final int ROWS = 600;
  private static final int FRAGMENTS = 6;
  private static final List<String> VOCABULARY =
      List.of("the", "of", "red", "green", "circle", "square", "dog", "boat", "night", "cat");

  /** What other tools do not find, by the number of the row that holds it. */
  private static final Map<Integer, String> HARD =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(3, "My Generation by The Who, played loud"),
              Map.entry(4, "To be, or not to be: that is the question"),
              Map.entry(5, "A paired t-test was used"),
              Map.entry(6, "Levels of IL-7 rose"),
              Map.entry(7, "Written in C++, not in C"),
              Map.entry(8, "Ein Café in Łódź"),
              Map.entry(9, "我昨天在图书馆看书"),
              Map.entry(10, "昨日東京タワーに行きました"),
              Map.entry(11, "เมื่อวานฉันไปห้องสมุดกับเพื่อน"),
              Map.entry(12, "AT&T (and others) said: 100% \"yes\""),
              Map.entry(13, "L'homme qui marche"),
              Map.entry(14, "naïve Bayes, Müller's résumé"),
              Map.entry(15, "ДОМ у моря"),
              Map.entry(16, "Asked in C# and .NET, answered in Node.js 20.11"),
              Map.entry(17, "Write to anna.lee@example.org or see https://example.org/a_b?c=d"),
              Map.entry(18, "COVID-19 and SARS-CoV-2 in snake_case and camelCase"),
              Map.entry(19, "Die Straße nach Großbritannien"),
              Map.entry(20, "Η οδός του Οδυσσέα, ΟΔΟΣ"),
              Map.entry(21, "ﬁle and ＡＢＣ１２３ and ½ cup"),
              Map.entry(22, "Đà Nẵng và Huế"),
              Map.entry(23, "서울에서 만난 친구"),
              Map.entry(24, "القَمَرُ فوق البحر"),
              Map.entry(25, "हिन्दी में लिखा हुआ"),
              Map.entry(26, "co\u00ADoperate with\u200B care, rock 'n' roll"),
              Map.entry(27, "İstanbul'da ışık"),
              Map.entry(28, "שלום עולם")));

  @TempDir static Path folder;
  private final List<List<String>> words = new ArrayList<>();
  private final List<IndexReader> readers = new ArrayList<>();

  @BeforeAll
  void publish() {
    for (int i = 0; i < ROWS; i++) {
      words.add(Words.of(text(i)));
    }
    readers.add(publish("flat", Long.MAX_VALUE));
    readers.add(publish("indexed", 1));
  }

  /** In two releases, so that the second one's rows come to an index that is there. */
  private IndexReader publish(String lake, long flatRows) {
    LakeLayout layout = LakeLayout.of(folder.resolve(lake).toString(), Settings.defaults());
    IndexPlace place =
        IndexPlace.of(layout, IndexPlace.path("text", "ab".repeat(32)), new Configuration());
    LanceIndex index = LanceIndex.at(place, IndexRows.DIM, flatRows);
    List<byte[]> fragments = new ArrayList<>();
    int apart = ROWS / FRAGMENTS;
    for (int from = 0; from < ROWS - apart; from += apart) {
      fragments.addAll(write(place, from, from + apart));
    }
    IndexVersion first = index.commit(IndexChange.whole("1".repeat(64), fragments));
    IndexVersion second =
        index.commit(
            IndexChange.since(
                first.version(),
                "2".repeat(64),
                Set.of(IndexRows.id(0), IndexRows.id(1)),
                write(place, ROWS - apart, ROWS)));
    return IndexReader.open(place, second.version());
  }

  @AfterAll
  void close() {
    readers.forEach(IndexReader::close);
  }

  private static List<byte[]> write(IndexPlace place, int from, int to) {
    return FragmentWriter.write(
        place, IndexRows.DIM, IntStream.range(from, to).mapToObj(TestWordIndex::row).iterator());
  }

  private static @Nullable Object[] row(int number) {
    @Nullable Object[] row = IndexRows.row(number);
    row[IndexColumns.TABLE.indexOf(IndexColumns.WORDS)] =
        IndexColumns.words(List.of(text(number))).orElse(null);
    return row;
  }

  /** Few words, so that many rows are equal; each hundredth has none. */
  private static String text(int number) {
    if (HARD.containsKey(number)) {
      return HARD.get(number);
    }
    Random random = new Random(number);
    List<String> text = new ArrayList<>();
    for (int i = number % 100 == 99 ? 99 : 0; i < 3 + number % 4; i++) {
      text.add(VOCABULARY.get(random.nextInt(VOCABULARY.size())));
    }
    return String.join(" ", text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "3|The Who",
        "3|\"the who\" loud",
        "4|to be or not to be",
        "4|\"not to be\"",
        "5|t-test",
        "5|\"T-Test\"",
        "6|IL-7",
        "6|il-7 levels",
        "7|C++",
        "7|c++ & (not C)",
        "8|cafe",
        "8|CAFÉ lodz",
        "9|图书馆",
        "9|书",
        "10|東京",
        "10|タワー",
        "10|\"東京タワー\"",
        "11|ห้องสมุด",
        "11|เพื่อน",
        "12|AT&T",
        "12|\"yes",
        "12|100% yes' OR 1=1; DROP TABLE index --",
        "13|homme",
        "13|l’homme",
        "14|naive AND Bayes",
        "14|resume NOT (",
        "15|дом",
        "15|МОРЯ ~2 ^3 * ?",
        "16|C#",
        "16|.NET",
        "16|node.js",
        "16|20.11",
        "17|anna.lee@example.org",
        "17|https://example.org/a_b?c=d",
        "17|a_b",
        "18|covid-19",
        "18|\"SARS-CoV-2\"",
        "18|SNAKE_CASE",
        "19|strasse",
        "19|GROSSBRITANNIEN",
        "20|οδος",
        "20|ΟΔΥΣΣΕΑ",
        "21|file",
        "21|abc123",
        "22|da nang",
        "22|Hue",
        "23|친구",
        "24|البحر",
        "25|हिन्दी",
        "26|cooperate",
        "26|\"rock 'n' roll\"",
        "27|istanbul",
        "28|עולם"
      })
  void isFound(int row, String query) {
    for (IndexReader reader : readers) {
      assertThat(found(reader, query, 5, Optional.empty()))
          .as(query)
          .first()
          .isEqualTo(IndexRows.id(row));
    }
  }

  /** The same rows as are found by looking at each, under conditions that most rows fail. */
  @Test
  void asManyAsThereAre() {
    Random random = new Random(1);
    for (int i = 0; i < 40; i++) {
      String one = VOCABULARY.get(random.nextInt(VOCABULARY.size()));
      String other = VOCABULARY.get(random.nextInt(VOCABULARY.size()));
      boolean isPhrase = i % 2 == 0;
      String query = isPhrase ? "\"%s %s\"".formatted(one, other) : one + " " + other;
      int least = i % 4 < 2 ? 0 : 100 + random.nextInt(ROWS);
      List<String> expected =
          IntStream.range(2, ROWS)
              .filter(row -> least == 0 || row % 2 == 0 && 100 + row > least)
              .filter(row -> holds(words.get(row), one, other, isPhrase))
              .mapToObj(IndexRows::id)
              .toList();
      Optional<String> where = least == 0 ? Optional.empty() : Optional.of("width > " + least);
      for (IndexReader reader : readers) {
        List<String> found = found(reader, query, ROWS, where);
        assertThat(found).as(query).containsExactlyInAnyOrderElementsOf(expected);
        int some = 1 + random.nextInt(20);
        assertThat(found(reader, query, some, where))
            .as("%s, %d of %d", query, some, found.size())
            .isEqualTo(found.subList(0, Math.min(some, found.size())));
      }
    }
  }

  private static boolean holds(List<String> words, String one, String other, boolean isPhrase) {
    return isPhrase
        ? IntStream.range(1, words.size())
            .anyMatch(i -> words.get(i - 1).equals(one) && words.get(i).equals(other))
        : words.contains(one) || words.contains(other);
  }

  /** A limit that is applied first would leave nothing here: what the condition drops is best. */
  @Test
  void whatAConditionDropsMayRankFirst() {
    Map<String, Double> scores = new HashMap<>();
    IndexReader reader = readers.get(0);
    reader
        .holding(WordQuery.of("circle"), ROWS, Optional.empty())
        .forEach(hit -> scores.put(hit.assetId(), hit.score()));
    String last = found(reader, "circle", ROWS, Optional.empty()).get(scores.size() - 1);

    for (IndexReader each : readers) {
      assertThat(found(each, "circle", 1, Optional.of("asset_id = '%s'".formatted(last))))
          .containsExactly(last);
      assertThat(
              each.nearest(IndexRows.vector(1), 1, Optional.of("asset_id = '%s'".formatted(last))))
          .extracting(Hit::assetId)
          .containsExactly(last);
    }
  }

  @Test
  void whatNobodyHoldsIsNotFound() {
    for (IndexReader reader : readers) {
      assertThat(found(reader, "zeppelin", 5, Optional.empty())).isEmpty();
      assertThat(found(reader, "\"circle zeppelin\"", 5, Optional.empty())).isEmpty();
      assertThat(found(reader, "\"test t\"", 5, Optional.empty())).isEmpty();
      assertThat(reader.keepsWords()).isTrue();
      assertThat(reader.holdsWords()).isTrue();
    }
  }

  /** Of two parts of a text the end of one and the beginning of the other are not in a row. */
  @Test
  void partsAreApart() {
    assertThat(IndexColumns.words(List.of("Red sun", "rises now", "")))
        .hasValue("red sun ¶ rises now");
    assertThat(IndexColumns.words(List.of("--", ""))).isEmpty();
  }

  private static List<String> found(
      IndexReader reader, String query, int k, Optional<String> where) {
    return reader.holding(WordQuery.of(query), k, where).stream().map(Hit::assetId).toList();
  }
}
