// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Pictures that cost what photographs cost: noise of every scale, a few shapes and film grain. A
 * JPEG of 640 × 480 takes about 100 KB, as one from a camera does.
 */
final class Photographs {
  private static final short COMMENT =
      (short) 0xFFFE; // the marker of a comment, after the first two bytes
  private static final float QUALITY = 0.85f;
  private static final double GRAIN = 6;

  private final int width;
  private final int height;
  private final long seed;

  /** Pictures of one size; each depends on the seed and its number alone. */
  Photographs(int width, int height, long seed) {
    this.width = width;
    this.height = height;
    this.seed = seed;
  }

  /** Writes pictures {@code 000000.jpg}, {@code 000001.jpg}, … that are not there yet. */
  void write(Path folder, String prefix, int count) throws IOException {
    Files.createDirectories(folder);
    for (int number = 0; number < count; number++) {
      Path file = folder.resolve("%s%06d.jpg".formatted(prefix, number));
      if (!Files.exists(file)) {
        Path made = Files.createTempFile(folder, "made-", ".tmp");
        write(draw(number), made);
        Files.move(made, file);
      }
    }
  }

  /** Writes so many, of which so many are drawn; the others differ in a comment alone. */
  void writeAlike(Path folder, int drawn, int count) throws IOException {
    write(folder, "", Math.min(drawn, count));
    for (int number = drawn; number < count; number++) {
      byte[] jpeg = Files.readAllBytes(folder.resolve("%06d.jpg".formatted(number % drawn)));
      byte[] comment = "picture %06d".formatted(number).getBytes(StandardCharsets.US_ASCII);
      ByteBuffer with = ByteBuffer.allocate(jpeg.length + 4 + comment.length);
      with.put(jpeg, 0, 2).putShort(COMMENT).putShort((short) (2 + comment.length)).put(comment);
      Files.write(
          folder.resolve("%06d.jpg".formatted(number)), with.put(jpeg, 2, jpeg.length - 2).array());
    }
  }

  private static void write(BufferedImage picture, Path file) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), how);
    } finally {
      writer.dispose();
    }
  }

  BufferedImage draw(int number) {
    Random random = new Random(seed * 1_000_003 + number);
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    pen.setColor(colour(random, 255));
    pen.fillRect(0, 0, width, height);
    for (int cells = 4; cells <= 256; cells *= 2) { // each octave fainter than the one before
      pen.drawImage(noise(random, cells, 900 / cells + 20), 0, 0, width, height, null);
    }
    for (int shape = random.nextInt(3, 9); shape > 0; shape--) {
      pen.setColor(colour(random, 200));
      int side = random.nextInt(20, Math.max(21, width / 3));
      int x = random.nextInt(width);
      int y = random.nextInt(height);
      if (random.nextBoolean()) {
        pen.fillOval(x, y, side, side);
      } else {
        pen.fillRect(x, y, side, side * 2 / 3);
      }
    }
    pen.dispose();
    grain(random, picture);
    return picture;
  }

  private static Color colour(Random random, int alpha) {
    return new Color(random.nextInt(256), random.nextInt(256), random.nextInt(256), alpha);
  }

  private BufferedImage noise(Random random, int cells, int alpha) {
    int rows = Math.max(2, cells * height / width);
    BufferedImage noise = new BufferedImage(cells, rows, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < cells; x++) {
        noise.setRGB(x, y, Math.min(alpha, 160) << 24 | random.nextInt(1 << 24));
      }
    }
    return noise;
  }

  private static void grain(Random random, BufferedImage picture) {
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int by = (int) (random.nextGaussian() * GRAIN);
        int old = picture.getRGB(x, y);
        int red = clamp((old >> 16 & 0xff) + by);
        int green = clamp((old >> 8 & 0xff) + by);
        picture.setRGB(x, y, red << 16 | green << 8 | clamp((old & 0xff) + by));
      }
    }
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
