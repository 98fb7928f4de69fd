// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.kind.Measured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestTextProbe {

  private static Values measure(String text) {
    return Measured.of(new TextProbe(), text, Limits.from(Settings.defaults()));
  }

  private static double number(Values row, String column) {
    return ((Number) row.find(column).orElseThrow()).doubleValue();
  }

  private static double number(String text, String column) {
    return number(measure(text), column);
  }

  @Test
  void everyColumnOfTextIsFilled() {
    Values row = measure("Some words.");

    assertThat(row.toArray()).isNotEmpty();
    for (String column :
        List.of(
            "chars",
            "words",
            "distinct_words",
            "repetition",
            "symbols",
            "urls",
            "emails",
            "phones",
            "control_chars",
            "longest_line",
            "mojibake",
            "markup",
            "language_confidence",
            "detected_language",
            "warnings")) {
      assertThat(row.find(column)).as(column).isPresent();
    }
    assertThat(row.find("error_code")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "don't stop, e.g. 3.14 times | don't,stop,e.g,3.14,times",
        "Größe — “naïve” | Größe,naïve",
        "我喜欢苹果。 | 我,喜,欢,苹,果",
        "カタカナ と かな | カタカナ,と,か,な",
        "고양이가 잔다 | 고양이가,잔다",
        "العربية هنا | العربية,هنا",
        "हिन्दी में | हिन्दी,में",
        "a-b c_d | a,b,c,d",
        "🦆 ... | ''",
      })
  void words(String text, String expected) {
    List<String> words = new ArrayList<>();
    WordBreaks.each(text, words::add);

    assertThat(String.join("|", words)).isEqualTo(expected.replace(",", "|"));
  }

  @Test
  void charactersAreCodePoints() {
    Values row = measure("ab 🦆🦆\n\nlonger line\u0007");

    assertThat(number(row, "chars")).isEqualTo(19);
    assertThat(number(row, "longest_line")).isEqualTo(12);
    assertThat(number(row, "control_chars")).isEqualTo(1);
    assertThat(number(row, "symbols")).isEqualTo(2.0 / 19, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The cat sat on the mat and looked out of the window.         | eng",
        "Der Hund läuft über die Wiese und spielt mit einem Ball.     | deu",
        "Le chat dort sur le canapé pendant que la pluie tombe.       | fra",
        "Все люди рождаются свободными и равными в своём достоинстве. | rus",
        "すべての人間は、生まれながらにして自由である。               | jpn",
      })
  void languages(String text, String code) {
    assertThat(measure(text).text("detected_language")).contains(code);
    assertThat(number(text, "language_confidence")).isBetween(0.05, 1.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   \n", "🦆🦆🦆", "12345 67890", "?!", "ok"})
  void whatHasNoLanguageIsUndetermined(String text) {
    assertThat(measure(text).text("detected_language")).contains("und");
    assertThat(number(text, "language_confidence")).isZero();
  }

  @Test
  void repetition() {
    assertThat(number("buy now ".repeat(20), "repetition")).isGreaterThan(0.8);
    assertThat(number("one line\n".repeat(10), "repetition")).isEqualTo(0.9, within(0.06));
    assertThat(number("Every word of this sentence is another one.", "repetition")).isZero();
  }

  @Test
  void contacts() {
    Values row =
        measure(
            "See https://example.org/a?b=c and www.example.com, write to j+news@sub.example.org"
                + " or <a.b@example.com>, call +1 (202) 555-0143, 202-555-0188 or 030 1234567."
                + " Version 192.0.2, ISBN 978-3-16-148410-0, on 1984-02-29, room 202-555.");

    assertThat(number(row, "urls")).isEqualTo(2);
    assertThat(number(row, "emails")).isEqualTo(2);
    assertThat(number(row, "phones")).isEqualTo(3);
  }

  @Test
  void mojibake() {
    String honest = "Größe, naïve, façade — “quoted” €5, ÉCOLE «LIBERTÉ»";
    String garbled = new String("Größe über Öl: тест".getBytes(UTF_8), ISO_8859_1);

    assertThat(number(honest, "mojibake")).isLessThan(0.05);
    assertThat(number(garbled, "mojibake")).isGreaterThan(0.4);
    assertThat(number("a\uFFFDb\uFFFD", "mojibake")).isEqualTo(0.5);
  }

  @Test
  void tagsOfHtmlAreMarkupAndPlaceholdersAreNot() {
    assertThat(number("A <b>man</b> rides<br/>", "markup")).isGreaterThan(0.5);
    assertThat(number("Copyright <year> <owner>, <https://a.org>, 1 < 2 > 0", "markup")).isZero();
  }

  @Test
  void scriptsAndStylesOfAPieceOfAPageAreNoWords() {
    String words = "<div><p>Six plain words of a page.</p></div>";
    String styled = "<style>p { color: red }</style><script>var a = 'b c d';</script>" + words;

    assertThat(measure(styled).find("words")).isEqualTo(measure("\n\n" + words).find("words"));
    assertThat(measure("Words about <style> and </style> are words.").find("words")).contains(7L);
  }

  @Test
  void htmlIsMeasuredAsItIsSeen() {
    String html =
        "<!DOCTYPE html><html><head><style>p { color: red }</style><script>var a = '<p>';</script>"
            + "</head><body><h1>Title</h1><p>Fish &amp; <b>chips</b>&nbsp;&#8364;5<!-- no --></p>"
            + "</body></html>";
    Values row = measure(html);

    assertThat(number(row, "words")).isEqualTo(4);
    assertThat(number(row, "markup")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a", "1", "@", "a@", "a.", "+1 ", "(1)", "<", "<b", "&", "&#", "แมว", "我", "Ã", "http://",
        "\n", " ", "\u0000", "\uD83D"
      })
  void timeGrowsWithTheLengthWhateverTheText(String part) {
    String text = part.repeat(200_000 / part.length());

    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> measure(text));
    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(10), () -> measure("<html>" + text));
  }
}
