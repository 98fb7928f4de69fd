// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.picture;

import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.embed.EmbedInput;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** Something to try a tower on: shapes on a ground, every other picture with grain. */
final class SamplePicture {
  private static final int SIDE = 256;
  private static final int GRAIN = 48; // of 256 shades

  private SamplePicture() {}

  /** The same picture for the same number. */
  static EmbedInput of(int number) {
    Random random = new Random(number);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    draw(image, random);
    if (number % 2 == 1) {
      addGrain(image, random);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new EmbedInput.Bytes(Tower.IMAGE, png.toByteArray());
  }

  private static void draw(BufferedImage image, Random random) {
    Graphics2D canvas = image.createGraphics();
    try {
      canvas.setColor(new Color(random.nextInt(0x1000000)));
      canvas.fillRect(0, 0, SIDE, SIDE);
      for (int shape = 0; shape < 4; shape++) {
        int side = SIDE / 6 + random.nextInt(SIDE / 3);
        int x = random.nextInt(SIDE - side);
        int y = random.nextInt(SIDE - side);
        canvas.setColor(new Color(random.nextInt(0x1000000)));
        if (random.nextBoolean()) {
          canvas.fillOval(x, y, side, side);
        } else {
          canvas.fillRect(x, y, side, side);
        }
      }
    } finally {
      canvas.dispose();
    }
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
