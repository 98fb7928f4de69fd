// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import static dev.lakehouse.core.embed.Vectors.cosine;
import static dev.lakehouse.core.embed.Vectors.encode;
import static dev.lakehouse.core.embed.Vectors.largestDifference;
import static dev.lakehouse.core.embed.Vectors.norm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Lease;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestEncoders {
  private static final EncoderSpec IMAGES = Vectors.shapesClip(Tower.IMAGE);
  private static final EncoderSpec TEXTS = Vectors.shapesClip(Tower.TEXT);

  @Test
  void picturesEqualTheGoldenVectors() {
    assertAllNear(encode(IMAGES, ShapesClipGolden.images()), ShapesClipGolden.imageVectors());
  }

  @Test
  void picturesOfOtherSizesEqualTheGoldenVectors() {
    assertAllNear(
        encode(IMAGES, ShapesClipGolden.resizedImages()), ShapesClipGolden.resizedImageVectors());
  }

  @Test
  void textsEqualTheGoldenVectors() {
    assertAllNear(encode(TEXTS, ShapesClipGolden.texts()), ShapesClipGolden.textVectors());
  }

  private static void assertAllNear(List<float[]> found, float[][] expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(cosine(found.get(i), expected[i])).as("input %d", i).isGreaterThan(0.9999);
      assertThat(norm(found.get(i))).isEqualTo(1, within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64})
  void batchesDoNotChangeVectors(int size) {
    List<EmbedInput> pictures =
        IntStream.range(0, 64).mapToObj(i -> ShapesClipGolden.images().get(i % 20)).toList();
    List<EmbedInput> texts =
        IntStream.range(0, 64).mapToObj(i -> ShapesClipGolden.texts().get(i % 20)).toList();

    assertThat(largestDifference(encode(IMAGES, pictures, size), encode(IMAGES, pictures, 64)))
        .isLessThan(1e-5);
    assertThat(largestDifference(encode(TEXTS, texts, size), encode(TEXTS, texts, 64)))
        .isLessThan(1e-5);
  }

  @Test
  void aBadPictureSpoilsNobodyElse() {
    List<EmbedInput> good = ShapesClipGolden.images().subList(0, 2);
    EmbedInput bad = EmbedInput.image(new byte[] {1, 2, 3});

    try (Lease<Encoder> encoder = WarmEncoders.lease(IMAGES, "cpu")) {
      List<EmbedOutcome> outcomes = encoder.value().encode(List.of(good.get(0), bad, good.get(1)));

      assertThat(outcomes.get(0).vector()).isPresent();
      assertThat(outcomes.get(1).failure())
          .get()
          .extracting(EmbedOutcome.Failed::code)
          .isEqualTo(ItemError.UNSUPPORTED_FORMAT);
      assertThat(cosine(outcomes.get(2).vector().orElseThrow(), ShapesClipGolden.imageVectors()[1]))
          .isGreaterThan(0.9999);
    }
  }

  @Test
  void nothingIsAnEmptyBatch() {
    assertThat(encode(TEXTS, List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\0", "\ud800", "😀 é ﷽", "\u202e\ufffe"})
  void noTextIsTooStrange(String text) {
    assertThat(encode(TEXTS, List.of(EmbedInput.text(text)))).hasSize(1);
  }

  @Test
  void aTextForTheImageTowerIsAProgrammingError() {
    assertThatThrownBy(() -> encode(IMAGES, List.of(EmbedInput.text("a red circle"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("reads no text");
  }

  @Test
  void encodersAreNamedByAllThatDecidesAVector() {
    assertThat(IMAGES.encoder()).matches("[0-9a-f]{64}").isNotEqualTo(TEXTS.encoder());
    assertThat(Vectors.shapesClip(Tower.IMAGE)).isEqualTo(IMAGES);
    assertThat(IMAGES.bundleDigest()).isEqualTo(TEXTS.bundleDigest());
  }
}
