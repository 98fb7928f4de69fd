// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * Goes through what commands with Spark go through, once, on a handful of files, while the runtime
 * is assembled: the JVM archives the classes of Spark and its libraries that it saw, and every
 * later command finds them loaded.
 *
 * <p>Started by {@code SparkSubmit}, so that our own jars are in a class loader of their own and
 * not in the archive, which therefore outlives each change of them.
 */
public final class SparkTraining {
  private static final PrintWriter NOWHERE =
      new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

  private SparkTraining() {}

  /** The argument is an empty folder. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    String lake = folder.resolve("lake").toString();
    String files = files(folder).toString();
    int exitCode =
        Main.run(NOWHERE, err, "run", "--lake", lake, "--source", "files", "--path", files);
    if (exitCode != 0) {
      throw new IllegalStateException("The training run ended with " + exitCode);
    }
  }

  private static Path files(Path folder) throws IOException {
    Path files = Files.createDirectories(folder.resolve("files"));
    picture(files.resolve("red.png"), "png", Color.RED);
    picture(files.resolve("blue.jpg"), "jpg", Color.BLUE);
    Files.writeString(files.resolve("one.txt"), "The tide comes twice a day, an hour later each.");
    Files.writeString(files.resolve("two.txt"), "Bees find their way home by the sun.");
    Files.write(files.resolve("empty.png"), new byte[0]);
    return files;
  }

  private static void picture(Path file, String format, Color colour) throws IOException {
    BufferedImage picture = new BufferedImage(256, 256, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(colour);
    for (int i = 0; i < 256; i += 16) {
      pen.fillRect(i, (i * 7) % 256, 12, 90);
    }
    pen.dispose();
    ImageIO.write(picture, format, file.toFile());
  }
}
