// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.bundle.Tower;
import dev.lakehouse.core.demo.Scene;
import dev.lakehouse.core.demo.SceneRenderer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Something to try a tower on: texts from short to long, pictures plain and grainy. */
final class ProbeItems {
  private static final int SIDE = 256;
  private static final int GRAIN = 48; // of 256 shades

  private ProbeItems() {}

  /** The same for the same count. */
  static List<EmbedInput> of(String tower, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> tower.equals(Tower.IMAGE) ? picture(i) : text(i, 1 + 12 * i / Math.max(1, count)))
        .toList();
  }

  private static EmbedInput text(int number, int sentences) {
    return EmbedInput.text(
        IntStream.range(0, sentences)
            .mapToObj(i -> Scene.random(100L * number + i).fullCaption().text() + ".")
            .collect(Collectors.joining(" ")));
  }

  private static EmbedInput picture(int number) {
    BufferedImage image = SceneRenderer.draw(Scene.random(number), SIDE);
    if (number % 2 == 1) {
      addGrain(image, new Random(number));
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return EmbedInput.image(png.toByteArray());
  }

  private static void addGrain(BufferedImage image, Random random) {
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int grain = random.nextInt(GRAIN) * 0x010101;
        image.setRGB(x, y, image.getRGB(x, y) ^ grain);
      }
    }
  }
}
