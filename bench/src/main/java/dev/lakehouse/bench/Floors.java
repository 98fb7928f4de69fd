// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import ai.onnxruntime.OrtException;
import dev.lakehouse.bench.Clock.Spent;
import dev.lakehouse.bench.floor.ImageFloor;
import dev.lakehouse.bench.floor.TextFloor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The floor of every workload. */
final class Floors {
  /** The one that others are compared with. */
  static final String FLOOR = "floor: overlap";

  /** What is measured after as much as this was done before. */
  private static final int WARM_UP = 8;

  // what the loop itself is fastest with
  private static final int IMAGES_AT_ONCE = 8;
  private static final int TOKENS_AT_ONCE = 1024;

  private final Task task;
  private final int cores;

  private Floors(Task task) {
    this.task = task;
    this.cores = task.cores();
  }

  static List<Result> run(Task task) throws IOException, OrtException, InterruptedException {
    Floors floors = new Floors(task);
    return task.workload().isPictures() ? floors.images() : floors.texts();
  }

  /** Decoding alone, the network alone, and both in turn. */
  private List<Result> images() throws IOException, OrtException, InterruptedException {
    Path network = task.data().clip().resolve("vision_model.onnx");
    floor(WARM_UP * cores).whole(network);
    ImageFloor floor = floor(task.rows());
    Spent decode = floor.decode();
    Spent infer = floor.infer(network);
    return List.of(
        result("floor: decode", decode, 0),
        result("floor: infer", infer, 1),
        result(FLOOR, overlap(decode, infer), 1),
        result("floor: in turn", floor.whole(network), 1));
  }

  private ImageFloor floor(int rows) throws IOException {
    return new ImageFloor(
        cores, task.data().photographs(task.workload(), task.rows()), rows, IMAGES_AT_ONCE);
  }

  /** Cutting into tokens alone, the network alone, and their overlap. */
  private List<Result> texts() throws IOException, OrtException, InterruptedException {
    List<String> texts = task.data().texts(task.workload(), task.rows());
    new TextFloor(cores, texts.subList(0, Math.min(texts.size(), WARM_UP * cores)), TOKENS_AT_ONCE)
        .infer();
    TextFloor floor = new TextFloor(cores, texts, TOKENS_AT_ONCE);
    Spent tokenise = floor.tokenise();
    Spent infer = floor.infer();
    return List.of(
        result("floor: tokenise", tokenise, 0),
        result("floor: infer", infer, 1),
        result(FLOOR, overlap(tokenise, infer), 1));
  }

  private Result result(String system, Spent spent, long loads) throws IOException {
    return Result.here(system, task.workload().word(), spent, loads);
  }

  /** No core ever idle, and nothing done but the two. */
  private Spent overlap(Spent one, Spent other) {
    double cpuSeconds = one.cpuSeconds() + other.cpuSeconds();
    return new Spent(one.rows(), cpuSeconds / cores, cpuSeconds);
  }
}
