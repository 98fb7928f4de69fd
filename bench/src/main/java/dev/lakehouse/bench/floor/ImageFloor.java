// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.floor;

import ai.onnxruntime.OrtException;
import dev.lakehouse.bench.Clock.Spent;
import dev.lakehouse.core.codec.CodecException;
import dev.lakehouse.core.codec.Filter;
import dev.lakehouse.core.codec.ImageCodec;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.PixelImage;
import dev.lakehouse.core.codec.Region;
import dev.lakehouse.core.codec.Resample;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Image files to vectors of CLIP. */
public final class ImageFloor {
  private static final int SIDE = 224;
  private static final int PLANE = SIDE * SIDE;
  private static final int NUMBERS = 3 * PLANE;
  private static final double[] MEAN = {0.48145466, 0.4578275, 0.40821073};
  private static final double[] DEVIATION = {0.26862954, 0.26130258, 0.27577711};

  private final Crew crew;
  private final List<Path> files;
  private final int rows;
  private final int batch;
  private final Limits limits;
  private final float[][] lookup = new float[3][256];

  /**
   * A floor.
   *
   * @param photographs folder of image files
   * @param rows files to take, going round where there are fewer
   * @param batch pictures that a thread runs at once
   */
  public ImageFloor(int cores, Path photographs, int rows, int batch, Limits limits)
      throws IOException {
    this.crew = new Crew(cores);
    try (Stream<Path> all = Files.list(photographs)) {
      this.files = all.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
    this.rows = rows;
    this.batch = batch;
    this.limits = limits;
    for (int channel = 0; channel < 3; channel++) {
      for (int value = 0; value < 256; value++) {
        lookup[channel][value] = (float) ((value / 255.0 - MEAN[channel]) / DEVIATION[channel]);
      }
    }
  }

  /** Reads and decodes alone. */
  public Spent decode() throws InterruptedException {
    return crew.run(
        rows,
        batch,
        () -> {
          FloatBuffer tensor = Network.floats(NUMBERS);
          return (from, to) -> {
            for (int row = from; row < to; row++) {
              decode(row, tensor.clear());
            }
          };
        });
  }

  /** Runs the network alone, on pictures that are there. */
  public Spent infer(Path network) throws InterruptedException, OrtException {
    try (Network session = Network.open(network.toString())) {
      return crew.run(
          rows,
          batch,
          () -> {
            FloatBuffer tensor = Network.floats(batch * NUMBERS);
            for (int row = 0; row < batch; row++) {
              decode(row, tensor);
            }
            return (from, to) ->
                session.pictures(tensor.clear().limit((to - from) * NUMBERS), to - from, SIDE);
          });
    }
  }

  /** Reads, decodes and runs, a batch after the other on each core. */
  public Spent whole(Path network) throws InterruptedException, OrtException {
    try (Network session = Network.open(network.toString())) {
      return crew.run(
          rows,
          batch,
          () -> {
            FloatBuffer tensor = Network.floats(batch * NUMBERS);
            return (from, to) -> {
              tensor.clear();
              for (int row = from; row < to; row++) {
                decode(row, tensor);
              }
              session.pictures(tensor.flip(), to - from, SIDE);
            };
          });
    }
  }

  private void decode(int row, FloatBuffer tensor) throws IOException, CodecException {
    byte[] bytes = Files.readAllBytes(files.get(row % files.size()));
    PixelImage picture = ImageCodec.decode(bytes, limits);
    int shorter = Math.min(picture.width(), picture.height());
    int width = picture.width() * SIDE / shorter;
    int height = picture.height() * SIDE / shorter;
    Region centre = new Region((width - SIDE) / 2, (height - SIDE) / 2, SIDE, SIDE);
    byte[] rgb = Resample.resize(picture, width, height, Filter.BICUBIC, centre).rgb();
    float[] plane = new float[PLANE];
    for (int channel = 0; channel < 3; channel++) {
      for (int at = 0; at < PLANE; at++) {
        plane[at] = lookup[channel][rgb[3 * at + channel] & 0xff];
      }
      tensor.put(plane);
    }
  }
}
