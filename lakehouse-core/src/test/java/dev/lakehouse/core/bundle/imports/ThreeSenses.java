// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.bundle.engine.Pooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * A model with the interface of ImageBind: pictures, texts and sounds in one space of 1024 numbers,
 * by random weights that a test can compute with.
 */
public final class ThreeSenses {
  public static final String NAME = "three-senses";
  public static final int DIMENSION = 1024;
  public static final int BANDS = 128;
  public static final int FRAMES = 204;
  public static final double MEAN = -4.268;
  public static final double STD = 9.138;
  public static final int CLIPS = 3;

  private static final int DEPTH = 16;
  private static final int SIDE = 16;
  private static final int WORDS = 88; // of the sample's tokenizer
  private static final float[] BY_BANDS = numbers(BANDS * DEPTH, 1);
  private static final float[] BY_PIXELS = numbers(3 * SIDE * SIDE * DEPTH, 2);
  private static final float[] BY_WORDS = numbers(WORDS * DEPTH, 3);
  private static final float[] OUT = numbers(DEPTH * DIMENSION, 4);

  private ThreeSenses() {}

  private static float[] numbers(int count, long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /**
   * Writes the bundle.
   *
   * @param models folder of bundles
   */
  public static void write(Path models) throws IOException {
    Path folder = Files.createDirectories(models.resolve(NAME));
    pictures().write(folder.resolve("image.onnx"));
    texts().write(folder.resolve("text.onnx"));
    sounds().write(folder.resolve("audio.onnx"));
    ExportDirs.tokenizer(folder);
    Files.writeString(folder.resolve("model.yaml"), describe(folder));
  }

  private static TinyOnnx pictures() {
    return new TinyOnnx()
        .pixels()
        .table("mix", 3 * SIDE * SIDE, DEPTH, BY_PIXELS)
        .table("out", DEPTH, DIMENSION, OUT)
        .flat("pixel_values", "flat")
        .multiply("flat", "mix", "mixed")
        .multiply("mixed", "out", "embeds")
        .output("embeds", 2);
  }

  private static TinyOnnx texts() {
    return new TinyOnnx()
        .tokens("input_ids")
        .table("words", WORDS, DEPTH, BY_WORDS)
        .table("out", DEPTH, DIMENSION, OUT)
        .look("words", "input_ids", "found")
        .multiply("found", "out", "embeds")
        .output("embeds", 3);
  }

  /** The mean of each band, projected. */
  private static TinyOnnx sounds() {
    return new TinyOnnx()
        .fixed("mel", 1, 0, 1, BANDS, FRAMES)
        .table("mix", BANDS, DEPTH, BY_BANDS)
        .table("out", DEPTH, DIMENSION, OUT)
        .average("mel", 3, "bands")
        .flat("bands", "flat")
        .multiply("flat", "mix", "mixed")
        .multiply("mixed", "out", "embeds")
        .output("embeds", 2);
  }

  /** The vector of a clip, computed here; of norm 1. */
  public static float[] vector(float[][] mel) {
    double[] mixed = new double[DEPTH];
    for (float[] frame : mel) {
      for (int band = 0; band < BANDS; band++) {
        double value = (frame[band] - MEAN) / STD / mel.length;
        for (int i = 0; i < DEPTH; i++) {
          mixed[i] += value * BY_BANDS[band * DEPTH + i];
        }
      }
    }
    float[] vector = new float[DIMENSION];
    for (int at = 0; at < DIMENSION; at++) {
      double sum = 0;
      for (int i = 0; i < DEPTH; i++) {
        sum += mixed[i] * OUT[i * DIMENSION + at];
      }
      vector[at] = (float) sum;
    }
    if (!Pooled.normalise(vector)) {
      throw new IllegalStateException("A clip without direction");
    }
    return vector;
  }

  private static String describe(Path folder) throws IOException {
    return """
    name: three-senses
    version: random
    family: joint
    licence: Apache-2.0
    description: Random weights with the interface of ImageBind
    towers:
      image:
        graph: {file: image.onnx, sha256: %s, runtime: onnx, precision: fp32,
                inputs: {pixel_values: pixels}, output: embeds, pooling: none,
                dimension: 1024, normalisation: l2}
        preprocessing: {resize: exact, edge: 0, width: 16, height: 16, filter: bicubic,
                        rescale: 0.00392156862745098, mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25]}
      text:
        graph: {file: text.onnx, sha256: %s, runtime: onnx, precision: fp32,
                inputs: {input_ids: token-ids}, output: embeds, pooling: mean,
                dimension: 1024, normalisation: l2}
        tokenizer: {file: tokenizer.json, sha256: %s, max-tokens: 77, pad-id: 0, pad-to: 0}
      audio:
        graph: {file: audio.onnx, sha256: %s, runtime: onnx, precision: fp32,
                inputs: {mel: mel}, output: embeds, pooling: none,
                dimension: 1024, normalisation: l2}
        sound: {mel: kaldi, bands: 128, frames: 204, seconds: 2, clips: 3,
                mean: -4.268, std: 9.138, layout: n-1-bands-frames}
    """
        .formatted(
            digest(folder, "image.onnx"),
            digest(folder, "text.onnx"),
            digest(folder, "tokenizer.json"),
            digest(folder, "audio.onnx"));
  }

  private static String digest(Path folder, String file) throws IOException {
    return Digests.sha256(Files.readAllBytes(folder.resolve(file)));
  }
}
