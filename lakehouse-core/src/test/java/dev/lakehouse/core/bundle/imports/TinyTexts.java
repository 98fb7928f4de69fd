// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import ai.onnxruntime.platform.Fp16Conversions;
import dev.lakehouse.core.bundle.description.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A sentence model in every precision, small enough to be written by a test: words are looked up in
 * a table and projected, and the mean is the vector.
 */
public final class TinyTexts {
  private static final int WORDS = 88; // of the sample's tokenizer
  private static final int DEPTH = 16;
  private static final int WIDTH = 32;
  private static final float LARGEST = 4; // of a Gaussian, for int8

  private final long seed;
  private final float[] words;
  private final float[] projection;
  private int detours;

  /** The model of a seed: the same function in all precisions. */
  public TinyTexts(long seed) {
    this.seed = seed;
    this.words = numbers(WORDS * DEPTH, seed);
    this.projection = numbers(DEPTH * WIDTH, seed + 1);
  }

  private TinyTexts(float[] words, float[] projection) {
    this.seed = 0;
    this.words = words;
    this.projection = projection;
  }

  /** The model that {@code tiny_bf16.pt} is. */
  public static TinyTexts ofScript() throws IOException {
    Map<String, float[]> weights = new HashMap<>();
    try (ZipInputStream archive = new ZipInputStream(script())) {
      for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
        if (entry.getName().contains("/data/")) {
          weights.put(entry.getName().replaceFirst(".*/", ""), halves(archive.readAllBytes()));
        }
      }
    }
    return new TinyTexts(weights.get("0"), weights.get("1"));
  }

  private static float[] halves(byte[] bytes) {
    ShortBuffer halves = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    float[] numbers = new float[halves.capacity()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Fp16Conversions.bf16ToFloat(halves.get(i));
    }
    return numbers;
  }

  private static InputStream script() {
    return TinyTexts.class.getResourceAsStream("tiny_bf16.pt");
  }

  /** The program in TorchScript beside an export of {@link #ofScript}. */
  public TinyTexts scriptBeside(Path folder) throws IOException {
    try (InputStream script = script()) {
      Files.copy(script, folder.resolve("model_bf16.pt"));
    }
    return this;
  }

  private static float[] numbers(int count, long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) Math.max(-LARGEST, Math.min(LARGEST, random.nextGaussian()));
    }
    return numbers;
  }

  /** An export of this model as the text tower beside one for pictures, in two precisions. */
  public TinyTexts exportPair(Path folder) throws IOException {
    ExportDirs.tokenizer(folder);
    Files.writeString(folder.resolve("preprocessor_config.json"), ExportDirs.CLIP_PREPROCESSOR);
    for (Precision precision : List.of(Precision.FP32, Precision.FP16)) {
      String ending = precision == Precision.FP32 ? "" : "_fp16";
      pictures(precision).write(folder.resolve("onnx/vision_model%s.onnx".formatted(ending)));
      captions(precision).write(folder.resolve("onnx/text_model%s.onnx".formatted(ending)));
    }
    return this;
  }

  /** The sum of the words, of which padding is none. */
  private TinyOnnx captions(Precision precision) {
    float[] quiet = words.clone();
    Arrays.fill(quiet, 0, DEPTH, 0);
    return new TinyOnnx()
        .tokens("input_ids")
        .table("words", WORDS, DEPTH, precision, quiet)
        .table("projection", DEPTH, WIDTH, precision, projection)
        .look("words", "input_ids", "found")
        .multiply("found", "projection", "projected")
        .floats("projected", "each")
        .sum("each", "text_embeds")
        .output("text_embeds", 2);
  }

  /** The mean colour, projected. */
  private TinyOnnx pictures(Precision precision) {
    return new TinyOnnx()
        .pixels()
        .table("mix", 3, WIDTH, precision, Arrays.copyOf(projection, 3 * WIDTH))
        .average("pixel_values", "a")
        .flat("a", "b")
        .cast("b", "c", precision)
        .multiply("c", "mix", "d")
        .floats("d", "image_embeds")
        .output("image_embeds", 2);
  }

  /** Makes its networks slower and changes nothing else. */
  public TinyTexts slowedBy(int multiplications) {
    detours = multiplications;
    return this;
  }

  /** Makes its networks another function, the further away the larger the share. */
  public TinyTexts alteredBy(float share) {
    float[] other = numbers(projection.length, seed + 2);
    for (int i = 0; i < projection.length; i++) {
      projection[i] += share * other[i];
    }
    return this;
  }

  /** An export with one network in full precision. */
  public TinyTexts export(Path folder) throws IOException {
    ExportDirs.tokenizer(folder);
    network(Precision.FP32).write(folder.resolve("model.onnx"));
    return this;
  }

  /** Another network beside it, named as exporters name it. */
  public TinyTexts beside(Path folder, String file, Precision precision) {
    network(precision).write(folder.resolve(file));
    return this;
  }

  /** The network of a precision; int8 is quantised by what is in a batch. */
  public TinyOnnx network(Precision precision) {
    TinyOnnx network = new TinyOnnx().tokens("input_ids");
    if (precision == Precision.INT8) {
      quantised(network);
    } else {
      network
          .table("words", WORDS, DEPTH, precision, words)
          .table("projection", DEPTH, WIDTH, precision, projection)
          .look("words", "input_ids", "found")
          .multiply("found", "projection", "step0");
      if (detours > 0) {
        network.table("same", WIDTH, WIDTH, precision, identity());
      }
      for (int i = 0; i < detours; i++) {
        network.multiply("step" + i, "same", "step" + (i + 1));
      }
      network.floats("step" + detours, "last_hidden_state");
    }
    return network.operators(precision == Precision.BF16 ? 13 : 11).output("last_hidden_state", 3);
  }

  private void quantised(TinyOnnx network) {
    float[] rounded = new float[projection.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Math.round(projection[i] * 127 / LARGEST);
    }
    network
        .table("words", WORDS, DEPTH, words)
        .table("projection", DEPTH, WIDTH, Precision.INT8, rounded)
        .table("scale", 1, 1, LARGEST / 127)
        .look("words", "input_ids", "found")
        .multiplyQuantised("found", "projection", "scale", "last_hidden_state");
  }

  private static float[] identity() {
    float[] identity = new float[WIDTH * WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      identity[i * (WIDTH + 1)] = 1;
    }
    return identity;
  }

  @Override
  public String toString() {
    return "tiny texts " + seed;
  }
}
