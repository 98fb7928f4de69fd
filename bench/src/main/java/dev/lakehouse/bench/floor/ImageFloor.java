// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.floor;

import ai.onnxruntime.OrtException;
import dev.lakehouse.bench.Clock.Spent;
import dev.lakehouse.core.ItemException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Image files to vectors of CLIP. */
public final class ImageFloor {
  private final Crew crew;
  private final List<Path> files;
  private final int rows;
  private final int batch;
  private final ClipPixels pixels = new ClipPixels();

  /**
   * A floor.
   *
   * @param photographs folder of image files
   * @param rows files to take, going round where there are fewer
   * @param batch pictures that a thread runs at once
   */
  public ImageFloor(int cores, Path photographs, int rows, int batch) throws IOException {
    this.crew = new Crew(cores);
    try (Stream<Path> all = Files.list(photographs)) {
      this.files = all.filter(file -> file.toString().endsWith(".jpg")).sorted().toList();
    }
    this.rows = rows;
    this.batch = batch;
  }

  /** Reads and decodes alone. */
  public Spent decode() throws InterruptedException {
    return crew.run(
        rows,
        batch,
        () -> {
          FloatBuffer tensor = Network.floats(ClipPixels.NUMBERS);
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
            FloatBuffer tensor = Network.floats(batch * ClipPixels.NUMBERS);
            for (int row = 0; row < batch; row++) {
              decode(row, tensor);
            }
            return (from, to) ->
                session.pictures(tensor.clear().limit((to - from) * ClipPixels.NUMBERS), to - from);
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
            FloatBuffer tensor = Network.floats(batch * ClipPixels.NUMBERS);
            return (from, to) -> {
              tensor.clear();
              for (int row = from; row < to; row++) {
                decode(row, tensor);
              }
              session.pictures(tensor.flip(), to - from);
            };
          });
    }
  }

  private void decode(int row, FloatBuffer tensor) throws IOException, ItemException {
    pixels.decode(Files.readAllBytes(files.get(row % files.size())), tensor);
  }
}
