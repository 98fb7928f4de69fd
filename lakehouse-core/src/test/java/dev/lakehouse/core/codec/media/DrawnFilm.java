// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import dev.lakehouse.core.child.MediaTools;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Films that tests draw, one shot of each colour, with a bar that moves. */
public final class DrawnFilm {
  private static final int WIDTH = 160;
  private static final int HEIGHT = 120;

  private DrawnFilm() {}

  /**
   * A Matroska film.
   *
   * @param rate pictures a second
   * @param framesOfAShot pictures of each shot
   * @param aspect of a pixel, width to height: {@code 1/1}
   */
  public static Path draw(
      Path folder, int rate, int framesOfAShot, String aspect, List<Color> shots) throws Exception {
    Path raw = folder.resolve("film.raw");
    try (OutputStream out = Files.newOutputStream(raw)) {
      for (Color shot : shots) {
        for (int i = 0; i < framesOfAShot; i++) {
          write(shot, i, out);
        }
      }
    }
    Path film = Files.createTempFile(folder, "film", ".mkv");
    List<String> before =
        List.of(
            "-video_size",
            WIDTH + "x" + HEIGHT,
            "-pixel_format",
            "bgr24",
            "-framerate",
            String.valueOf(rate));
    List<String> after =
        new ArrayList<>(List.of("-vf", "setsar=" + aspect, "-c:v", "mpeg4", "-q:v", "2"));
    after.addAll(List.of("-f", "matroska", "pipe:1"));
    byte[] bytes =
        MediaTools.standard()
            .convert(raw, "rawvideo", before, after)
            .run(in -> in.readAllBytes(), line -> {})
            .value();
    return Files.write(film, bytes);
  }

  private static void write(Color shot, int frame, OutputStream out) throws IOException {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(shot);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(frame % WIDTH, HEIGHT / 2, 4, 10);
    graphics.dispose();
    out.write(((DataBufferByte) picture.getRaster().getDataBuffer()).getData());
  }
}
