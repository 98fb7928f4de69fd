// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TestCutter {
  private static final String SENTENCE =
      "The ship number %d left the harbour at dawn with seven men. ";

  private static String story(int sentences) {
    return IntStream.range(0, sentences)
        .mapToObj(SENTENCE::formatted)
        .collect(Collectors.joining());
  }

  private static long words(String text) {
    return text.split("\\s+").length;
  }

  @Test
  void whatFitsIsOnePassage() {
    assertThat(Cutter.passages("", "Two words."))
        .containsExactly(new Passage("chars/0-10", "Two words."));
  }

  @Test
  void nothingHasNoPassage() {
    assertThat(Cutter.passages("", " \n\n ")).isEmpty();
  }

  @Test
  void passagesEndWhereSentencesDoAndOverlapByOne() {
    List<Passage> passages = Cutter.passages("", story(100));

    assertThat(passages).hasSizeBetween(8, 10);
    for (int i = 0; i < passages.size(); i++) {
      String text = passages.get(i).text();
      assertThat(text).startsWith("The ship").endsWith("men.");
      assertThat(words(text)).isLessThanOrEqualTo(160);
      if (i > 0) {
        String before = passages.get(i - 1).text();
        String shared = text.substring(0, text.indexOf("men.") + 4);
        assertThat(before).endsWith(shared);
      }
    }
  }

  @Test
  void everyWordIsInAPassage() {
    String story = story(57) + "And the very last paragraph says farewell.";

    String all =
        Cutter.passages("", story).stream().map(Passage::text).collect(Collectors.joining(" "));

    for (int i = 0; i < 57; i++) {
      assertThat(all).contains(SENTENCE.formatted(i).strip());
    }
    assertThat(all).endsWith("farewell.");
  }

  @Test
  void placesAreCountedInCodePoints() {
    String text = "\uD83D\uDE80 " + story(40);

    for (Passage passage : Cutter.passages("page/3/", text)) {
      String[] place = passage.segment().substring("page/3/chars/".length()).split("-");
      int from = text.offsetByCodePoints(0, Integer.parseInt(place[0]));
      int to = text.offsetByCodePoints(0, Integer.parseInt(place[1]));
      assertThat(text.substring(from, to)).isEqualTo(passage.text());
    }
  }

  @Test
  void aSentenceWithoutAnEndIsCutBetweenWords() {
    String endless = "word ".repeat(2_000).strip();

    List<Passage> passages = Cutter.passages("", endless);

    assertThat(passages).hasSizeGreaterThan(10);
    assertThat(passages).allSatisfy(passage -> assertThat(passage.text()).matches("(word ?)+"));
  }

  @Test
  void lettersWithoutAnySpaceAreCutAnywhere() {
    assertThat(Cutter.passages("", "x".repeat(5_000))).hasSizeBetween(4, 6);
    assertThat(Cutter.passages("", "\u6F22".repeat(1_000))).hasSizeBetween(6, 8);
    assertThat(Cutter.passages("", "\uD83D\uDE80".repeat(2_000)))
        .allSatisfy(
            passage -> assertThat(passage.text().codePoints()).allMatch(point -> point == 0x1F680));
  }

  @Test
  void aLongTextTakesNoLongerThanItsLength() {
    String long1 = story(20_000); // 1.2 million characters

    assertThat(Cutter.passages("", long1)).hasSizeGreaterThan(1_500);
  }
}
