// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import ai.onnxruntime.OrtException;
import dev.lakehouse.bench.Clock.Spent;
import dev.lakehouse.bench.floor.ImageFloor;
import dev.lakehouse.bench.floor.TextFloor;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.codec.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The floor of every workload. */
final class Floors {
  /** What is measured after as much as this was done before. */
  private static final int WARM_UP = 8;

  private static final int IMAGES_AT_ONCE = 16;
  private static final int TOKENS_AT_ONCE = 2048;

  private final BenchData data;
  private final int cores;

  Floors(BenchData data, int cores) {
    this.data = data;
    this.cores = cores;
  }

  /** Images: decoding alone, the network alone, and both in turn. */
  List<Measurement> images(int rows) throws IOException, OrtException, InterruptedException {
    Path network = data.clip().resolve("vision_model.onnx");
    Path photographs = data.photographs(Math.min(rows, 1_200));
    floor(photographs, WARM_UP * cores).whole(network);
    ImageFloor floor = floor(photographs, rows);
    List<Measurement> all = new ArrayList<>();
    Spent decode = floor.decode();
    Spent infer = floor.infer(network);
    all.add(Measurement.here("floor: decode", "images", decode, 0));
    all.add(Measurement.here("floor: infer", "images", infer, 1));
    all.add(Measurement.here("floor: overlap", "images", overlap(decode, infer), 1));
    all.add(Measurement.here("floor: in turn", "images", floor.whole(network), 1));
    return all;
  }

  private ImageFloor floor(Path photographs, int rows) throws IOException {
    return new ImageFloor(
        cores, photographs, rows, IMAGES_AT_ONCE, Limits.from(Settings.defaults()));
  }

  /** Captions or documents: cutting into tokens alone, the network alone, and their overlap. */
  List<Measurement> texts(String workload, List<String> texts)
      throws IOException, OrtException, InterruptedException {
    new TextFloor(cores, texts.subList(0, Math.min(texts.size(), WARM_UP * cores)), TOKENS_AT_ONCE)
        .infer();
    TextFloor floor = new TextFloor(cores, texts, TOKENS_AT_ONCE);
    Spent tokenise = floor.tokenise();
    Spent infer = floor.infer();
    return List.of(
        Measurement.here("floor: tokenise", workload, tokenise, 0),
        Measurement.here("floor: infer", workload, infer, 1),
        Measurement.here("floor: overlap", workload, overlap(tokenise, infer), 1));
  }

  /** No core ever idle, and nothing done but the two. */
  private Spent overlap(Spent one, Spent other) {
    double cpuSeconds = one.cpuSeconds() + other.cpuSeconds();
    return new Spent(one.rows(), cpuSeconds / cores, cpuSeconds);
  }
}
