// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.demo;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.child.Finished;
import dev.lakehouse.core.child.MediaTools;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A film of drawn scenes: one shot of each, in which the camera moves a little, and hard cuts. */
public final class SceneFilm {
  /** Seconds of each shot. */
  public static final int SHOT_SECONDS = 2;

  private static final int SIDE = 224;
  private static final int RATE = 10;

  private SceneFilm() {}

  /**
   * Writes a WebM film; the same scenes give the same pictures.
   *
   * @param shots a scene for each
   * @param tools that encode it
   * @throws LakehouseException DECODER_UNAVAILABLE if they cannot
   */
  public static Path write(Path file, List<Scene> shots, MediaTools tools) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path raw = Files.createTempFile("film", ".raw");
    try {
      writeFrames(raw, shots);
      return Files.write(file, encoded(raw, tools));
    } finally {
      Files.delete(raw);
    }
  }

  private static void writeFrames(Path raw, List<Scene> shots) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(raw))) {
      for (Scene shot : shots) {
        BufferedImage scene = SceneRenderer.draw(shot, SIDE);
        for (int frame = 0; frame < SHOT_SECONDS * RATE; frame++) {
          out.write(frame(scene, frame));
        }
      }
    }
  }

  /** The scene, a little closer with each picture: blue, green and red of each pixel. */
  private static byte[] frame(BufferedImage scene, int number) {
    BufferedImage frame = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D pen = frame.createGraphics();
    int closer = number / 4;
    pen.drawImage(scene, -closer, -closer, SIDE + 2 * closer, SIDE + 2 * closer, null);
    pen.dispose();
    return ((DataBufferByte) frame.getRaster().getDataBuffer()).getData();
  }

  private static byte[] encoded(Path raw, MediaTools tools) throws IOException {
    List<String> before =
        List.of(
            "-video_size", SIDE + "x" + SIDE, "-pixel_format", "bgr24", "-framerate", "" + RATE);
    List<String> after = new ArrayList<>(List.of("-c:v", "libvpx", "-b:v", "600k"));
    after.addAll(List.of("-flags", "+bitexact", "-fflags", "+bitexact", "-f", "webm", "pipe:1"));
    try {
      Finished<byte[]> film =
          tools.convert(raw, "rawvideo", before, after).run(in -> in.readAllBytes(), line -> {});
      if (film.exit() == 0) {
        return film.value();
      }
      throw unavailable(film.complaints(), null);
    } catch (ItemException e) {
      throw unavailable(String.valueOf(e.getMessage()), e);
    }
  }

  private static LakehouseException unavailable(String why, @Nullable Throwable cause) {
    return LakehouseException.because(
        cause, ErrorCode.DECODER_UNAVAILABLE, "Cannot make the film of the demo: %s", why);
  }
}
