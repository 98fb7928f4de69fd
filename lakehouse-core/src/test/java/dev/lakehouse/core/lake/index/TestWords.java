// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TestWords {

  @Test
  void caseMarksAndFormsDoNotMatter() {
    assertThat(Words.of("Café CAFE cafe\u0301 ｃａｆｅ")).containsOnly("cafe");
    assertThat(Words.of("Straße STRASSE")).containsOnly("strasse");
    assertThat(Words.of("ΣΊΣΥΦΟΣ Σίσυφος")).containsOnly("σισυφοσ");
    assertThat(Words.of("İstanbul istanbul Łódź lodz"))
        .containsExactly("istanbul", "istanbul", "lodz", "lodz");
    assertThat(Words.of("ﬁne œuvre Ærø")).containsExactly("fine", "oeuvre", "aero");
  }

  @Test
  void whatCannotBeSeenDividesNoWord() {
    assertThat(Words.of("Do\u00adnau")).containsExactly("donau");
    assertThat(Words.of("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")).hasSize(1);
    assertThat(Words.of("\u0915\u094d\u200d\u0937")).hasSize(1);
    assertThat(Words.of("\ufeffone\u200btwo")).containsExactly("one", "two");
  }

  @Test
  void marksThatAreLettersStay() {
    assertThat(Words.of("हिन्दी")).containsExactly("हिन्दी");
    assertThat(Words.of("ガ")).isNotEqualTo(Words.of("カ"));
    assertThat(Words.of("한국어 말")).containsExactly("한국어", "말");
    assertThat(Words.of("й")).containsExactly("и"); // as everybody folds it
  }

  @Test
  void whatJoinsWordsDividesThem() {
    assertThat(Words.of("t-test, IL-7; AT&T isn't (3.14)"))
        .containsExactly("t", "test", "il", "7", "at", "t", "isn", "t", "3", "14");
    assertThat(Words.of("C++ C# F#; c++11 + # 1+1"))
        .containsExactly("c", "++", "c", "#", "f", "#", "c", "++", "11", "1", "+", "1");
  }

  @Test
  void scriptsWithoutSpacesHaveAWordForEachCharacter() {
    assertThat(Words.of("東京タワーのiPhone15を"))
        .containsExactly("東", "京", "タ", "ワ", "ー", "の", "iphone15", "を");
    assertThat(Words.of("ที่นี่")).containsExactly("ที่", "นี่");
    assertThat(Words.of("ab東c")).containsExactly("ab", "東", "c");
  }

  @Test
  void aPictographIsAWord() {
    assertThat(Words.of("nice 🚀🚀 day")).containsExactly("nice", "🚀", "🚀", "day");
  }

  @Test
  void aWordIsNeverLongerThanTheIndexTakes() {
    assertThat(Words.of("x".repeat(500) + " y")).containsExactly("x".repeat(100), "y");
    assertThat(Words.of("a" + "𝒳𐐨".repeat(200)).get(0).length()).isLessThanOrEqualTo(100);
  }

  /** Whatever is in a text, also halves of characters, and however its marks are written. */
  @RepeatedTest(50)
  void wordsAreWordsAndTheSameHoweverTheyAreWritten(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      text.appendCodePoint(
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(0x80);
            case 1 -> random.nextInt(0x3100);
            case 2 -> 0x4e00 + random.nextInt(0x1000);
            default -> random.nextInt(Character.MAX_CODE_POINT);
          });
    }
    List<String> words = Words.of(text.toString());

    assertThat(words).allMatch(word -> !word.isEmpty() && word.strip().equals(word));
    assertThat(words).noneMatch(word -> word.codePoints().anyMatch(Character::isWhitespace));
    for (Normalizer.Form form : Normalizer.Form.values()) {
      assertThat(Words.of(Normalizer.normalize(text, form))).isEqualTo(words);
    }
  }

  @Test
  void aQuestionIsDataButForPairsOfQuotationMarks() {
    assertThat(WordQuery.of("red \"two circles\" dog"))
        .isEqualTo(
            new WordQuery(
                List.of("red", "dog"),
                List.of(List.of("red", "dog")),
                List.of(List.of("two", "circles"))));
    assertThat(WordQuery.of("“two circles”").phrases()).containsExactly(List.of("two", "circles"));
    assertThat(WordQuery.of("\"red circle").phrases()).isEmpty();
    assertThat(WordQuery.of("a 5\" pipe and a 3\" valve").phrases()).isEmpty();
    assertThat(WordQuery.of("red AND NOT (circle OR -dog) & \\ title:x^2~").words())
        .containsExactly("red", "and", "not", "circle", "or", "dog");
    assertThat(WordQuery.of("& -- \"\" () \"&\"").isEmpty()).isTrue();
  }

  @Test
  void whatIsWrittenAsOneIsAskedForInARow() {
    assertThat(WordQuery.of("t-test").joined()).containsExactly(List.of("t", "test"));
    assertThat(WordQuery.of("t-test").words()).isEmpty();
    assertThat(WordQuery.of("l'homme").words()).containsExactly("l", "homme");
    assertThat(WordQuery.of("東京都").joined())
        .containsExactly(List.of("東", "京", "都"), List.of("東", "京"), List.of("京", "都"));
    assertThat(WordQuery.of("京").words()).containsExactly("京");
    assertThat(WordQuery.of("C++ code").all()).containsExactly("code", "c", "++");
  }
}
