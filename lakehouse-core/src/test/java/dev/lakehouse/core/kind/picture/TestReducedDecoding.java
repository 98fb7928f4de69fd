// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.bundle.description.Input;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.bundle.engine.LoadedTower;
import dev.lakehouse.core.bundle.engine.Pooled;
import dev.lakehouse.core.bundle.engine.Tensor;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.ReducedImage;
import dev.lakehouse.core.codec.bitmap.Reduction;
import dev.lakehouse.core.codec.picture.ImageCodec;
import dev.lakehouse.core.codec.picture.Pictures;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors of JPEGs that were decoded smaller, against those of the whole pictures. */
class TestReducedDecoding {
  private static final Limits LIMITS = Limits.from(Settings.defaults());
  private static LoadedTower tower;
  private static PixelTensor pixels;

  @BeforeAll
  static void load() {
    ModelBundle bundle = Bundles.resolve("shapes-clip", "/nonexistent");
    Tower image = bundle.tower(Tower.IMAGE);
    tower = LoadedTower.load(bundle, image, "cpu");
    pixels = new PixelTensor(image.requirePreprocessing());
  }

  @AfterAll
  static void close() {
    tower.close();
  }

  @ParameterizedTest
  @CsvSource({"700, 800, 2", "1606, 1201, 2", "1600, 1345, 4", "2400, 3200, 4", "4000, 3000, 8"})
  void theVectorStays(int width, int height, int reduction) throws Exception {
    byte[] jpeg =
        Pictures.file(Pictures.drawn(width, height, BufferedImage.TYPE_INT_RGB, width), "jpeg");

    assertThat(pixels.reduction(width, height)).isEqualTo(reduction);
    assertThat(cosine(jpeg)).isGreaterThan(0.9995);
  }

  /** Photographs, as a camera of more pixels would have taken them. */
  @Test
  @Tag("slow")
  void vectorsOfPhotographsStay() throws Exception {
    Path photographs = SharedData.require("data").resolve("images/photos");
    try (Stream<Path> files = Files.list(photographs)) {
      for (Path file : (Iterable<Path>) files.sorted()::iterator) {
        BufferedImage photograph = ImageIO.read(file.toFile());
        for (int times : List.of(1, 2, 3, 4)) {
          assertThat(cosine(enlarged(photograph, times)))
              .as("%s x %d", file, times)
              .isGreaterThan(0.999);
        }
      }
    }
  }

  private static byte[] enlarged(BufferedImage image, int times) throws IOException {
    BufferedImage large =
        new BufferedImage(
            image.getWidth() * times, image.getHeight() * times, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = large.createGraphics();
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    canvas.drawImage(image, 0, 0, large.getWidth(), large.getHeight(), null);
    canvas.dispose();
    return Pictures.file(large, "jpeg");
  }

  private static double cosine(byte[] jpeg) throws Exception {
    float[] whole = vector(ImageCodec.decode(jpeg, LIMITS, Reduction.NONE));
    float[] reduced = vector(ImageCodec.decode(jpeg, LIMITS, pixels::reduction));
    double product = 0;
    for (int i = 0; i < whole.length; i++) {
      product += whole[i] * reduced[i];
    }
    return product;
  }

  private static float[] vector(ReducedImage image) {
    Tensor.Floats batch = Tensor.Floats.zeros(pixels.shape(1));
    pixels.write(pixels.fit(image), batch.values());
    Tensor.Floats output = tower.run(Map.of(Input.PIXELS, batch));
    float[] vector = Pooled.of(output, tower.tower().graph(), 1, Optional.empty())[0];
    Pooled.normalise(vector);
    return vector;
  }
}
