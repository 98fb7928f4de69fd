// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ImagePreprocessing;
import dev.lakehouse.core.bundle.description.Resampling;
import dev.lakehouse.core.bundle.description.Resizing;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.bitmap.ReducedImage;
import dev.lakehouse.core.codec.picture.ImageCodec;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.ShapesClipGolden;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class TestPixelTensor {

  /** The digests are those of Pillow, cropped and padded as Hugging Face's processors do. */
  @ParameterizedTest
  @CsvFileSource(resources = "pillow-fit.csv")
  void picturesAreFittedAsPillowDoes(
      int seed,
      int width,
      int height,
      Resizing resize,
      int edge,
      int toWidth,
      int toHeight,
      String sha256) {
    List<Integer> fill = resize == Resizing.LETTERBOX ? List.of(10, 20, 30) : List.of(0, 0, 0);
    ImagePreprocessing how =
        new ImagePreprocessing(
            resize,
            edge,
            toWidth,
            toHeight,
            Resampling.BICUBIC,
            fill,
            1,
            List.of(0.0, 0.0, 0.0),
            List.of(1.0, 1.0, 1.0));

    PixelImage fitted = new PixelTensor(how).fit(ReducedImage.whole(noise(seed, width, height)));

    assertThat(fitted.width()).isEqualTo(toWidth);
    assertThat(fitted.height()).isEqualTo(toHeight);
    assertThat(Digests.sha256(fitted.rgb())).isEqualTo(sha256);
  }

  /** A picture is decoded at a fraction that leaves half as much again as the tower needs. */
  @ParameterizedTest
  @CsvSource({
    "EXACT, 335, 2000, 1",
    "EXACT, 672, 2000, 2",
    "EXACT, 4000, 3000, 8",
    "SHORTEST_EDGE, 4000, 671, 1",
    "SHORTEST_EDGE, 2688, 4000, 8",
    "SHORTEST_EDGE, 2687, 4000, 4",
    "LETTERBOX, 672, 100, 2",
    "LETTERBOX, 100, 671, 1",
    "LETTERBOX, 9000, 9000, 8"
  })
  void largePicturesMayBeDecodedSmaller(Resizing resize, int width, int height, int reduction) {
    PixelTensor pixels =
        new PixelTensor(
            new ImagePreprocessing(
                resize,
                224,
                224,
                224,
                Resampling.BICUBIC,
                List.of(0, 0, 0),
                1,
                List.of(0.0, 0.0, 0.0),
                List.of(1.0, 1.0, 1.0)));

    assertThat(pixels.reduction(width, height)).isEqualTo(reduction);
  }

  @Test
  void numbersAreThoseThatTrainingSaw() throws Exception {
    Tower tower = Bundles.resolve("shapes-clip", "/nonexistent").tower(Tower.IMAGE);
    PixelTensor pixels = new PixelTensor(tower.requirePreprocessing());
    byte[] bytes = ((EmbedInput.Bytes) ShapesClipGolden.images().get(0)).bytes();
    FloatBuffer numbers = FloatBuffer.allocate(3 * 224 * 224);

    PixelImage image = ImageCodec.decode(bytes, Limits.from(Settings.defaults()));
    pixels.write(pixels.fit(ReducedImage.whole(image)), numbers);

    for (JsonNode pixel : ShapesClipGolden.pixelsOfFirstImage()) {
      int at =
          (pixel.get("channel").asInt() * 224 + pixel.get("y").asInt()) * 224
              + pixel.get("x").asInt();
      assertThat(numbers.get(at)).isCloseTo((float) pixel.get("value").asDouble(), within(1e-5f));
    }
  }

  private static PixelImage noise(int seed, int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    int state = seed;
    for (int i = 0; i < rgb.length; i++) {
      state = (state * 1103515245 + 12345) & 0x7fffffff;
      rgb[i] = (byte) (state >> 16);
    }
    return new PixelImage(width, height, rgb);
  }
}
