// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.codec.text.HtmlText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestMinilm {
  private static final List<String> TEXTS =
      List.of(
          "A dog barks at the postman.",
          "The stock market fell by two percent on Friday.",
          "Café, naïve, Ångström: accents go.",
          "Der Zug nach Köln hat zwanzig Minuten Verspätung.",
          "東京は日本の首都です。",
          "Привет, мир!",
          "emoji 🙂 between words",
          "unbelievablyagglutinatednonsenseword",
          "TABS\tand\nlines\r\nand  spaces",
          "e-mail: somebody@example.org, see http://example.org/?q=1&r=2#top",
          "\"quotes\" — dashes – and… dots",
          "3.14159 × 2 = 6.28318",
          "zero\u200bwidth and soft\u00adhyphen",
          "don't won't can't",
          "a",
          "",
          "$100 or 90€?",
          "İstanbul'da hava güzel",
          "supercalifragilisticexpialidocious " + "and so on ".repeat(20),
          "a long text that is cut " + "after some words ".repeat(200));

  @Test
  void equalsAnIndependentImplementation() throws Exception {
    List<float[]> ours =
        Vectors.encode(Vectors.minilm(), TEXTS.stream().map(EmbedInput::text).toList(), 7);

    try (PlainMinilm plain = new PlainMinilm()) {
      for (int i = 0; i < TEXTS.size(); i++) {
        assertThat(Vectors.cosine(ours.get(i), plain.encode(TEXTS.get(i))))
            .as(TEXTS.get(i))
            .isGreaterThan(0.9999);
      }
    }
  }

  @Test
  void ofAWebPageWhatIsVisibleCounts() {
    EmbedInput page =
        EmbedInput.text(
            "<!DOCTYPE html><html><head><title>x</title><style>p {color: red}</style></head>"
                + "<body><script>var a = 1;</script><p>Bees find their way home.</p></body></html>");
    EmbedInput visible = EmbedInput.text(HtmlText.visible(((EmbedInput.Text) page).text()));

    List<float[]> vectors = Vectors.encode(Vectors.minilm(), List.of(page, visible), 2);

    assertThat(Vectors.cosine(vectors.get(0), vectors.get(1))).isGreaterThan(0.9999);
    assertThat(((EmbedInput.Text) visible).text()).doesNotContain("var", "<", "color");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64})
  void batchesDoNotChangeVectors(int size) {
    List<EmbedInput> texts = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      texts.add(EmbedInput.text(TEXTS.get(i % 18) + " " + i)); // of very different length
    }

    assertThat(
            Vectors.largestDifference(
                Vectors.encode(Vectors.minilm(), texts, size),
                Vectors.encode(Vectors.minilm(), texts, 64)))
        .isLessThan(1e-5);
  }
}
