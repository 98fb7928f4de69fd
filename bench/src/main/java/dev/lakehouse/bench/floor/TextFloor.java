// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.floor;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OrtException;
import dev.lakehouse.bench.Clock.Spent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts to vectors of MiniLM, sorted by length before they are run. */
public final class TextFloor {
  private static final String NETWORK = "/all-minilm-l6-v2.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";
  private static final int MAX_TOKENS = 256;
  private static final int DIMENSION = 384;

  private final Crew crew;
  private final List<String> texts;
  private final int batchTokens;

  /**
   * A floor.
   *
   * @param batchTokens positions that a thread runs at once, padding included
   */
  public TextFloor(int cores, List<String> texts, int batchTokens) {
    this.crew = new Crew(cores);
    this.texts = List.copyOf(texts);
    this.batchTokens = batchTokens;
  }

  private static HuggingFaceTokenizer tokenizer() throws IOException {
    try (InputStream in = TextFloor.class.getResourceAsStream(TOKENIZER)) {
      return HuggingFaceTokenizer.newInstance(
          in,
          Map.of(
              "padding", "false", "truncation", "true", "maxLength", String.valueOf(MAX_TOKENS)));
    }
  }

  private static Network network() throws IOException, OrtException {
    try (InputStream in = TextFloor.class.getResourceAsStream(NETWORK)) {
      return Network.open(in.readAllBytes());
    }
  }

  /** Cuts into tokens alone. */
  public Spent tokenise() throws IOException, InterruptedException {
    try (HuggingFaceTokenizer tokenizer = tokenizer()) {
      return crew.run(
          texts.size(),
          256,
          () ->
              (from, to) -> {
                for (int row = from; row < to; row++) {
                  tokenizer.encode(texts.get(row));
                }
              });
    }
  }

  /** Runs the network alone, on tokens that are there. */
  public Spent infer() throws IOException, InterruptedException, OrtException {
    List<long[]> tokens = new ArrayList<>();
    try (HuggingFaceTokenizer tokenizer = tokenizer()) {
      for (Encoding encoding : tokenizer.batchEncode(texts)) {
        tokens.add(encoding.getIds());
      }
    }
    tokens.sort(Comparator.comparingInt(ids -> -ids.length));
    List<List<long[]>> batches = batches(tokens);
    try (Network session = network()) {
      Spent spent =
          crew.run(batches.size(), 1, () -> (from, to) -> vectors(session, batches.get(from)));
      return new Spent(texts.size(), spent.seconds(), spent.cpuSeconds());
    }
  }

  /** As many of about one length as the budget of positions takes. */
  private List<List<long[]>> batches(List<long[]> sorted) {
    List<List<long[]>> batches = new ArrayList<>();
    for (int from = 0; from < sorted.size(); ) {
      int rows = Math.max(1, batchTokens / sorted.get(from).length);
      int to = Math.min(sorted.size(), from + rows);
      batches.add(sorted.subList(from, to));
      from = to;
    }
    return batches;
  }

  private static float[][] vectors(Network session, List<long[]> rows) throws OrtException {
    int length = rows.get(0).length;
    int n = rows.size();
    LongBuffer ids = Network.longs(n * length);
    LongBuffer mask = Network.longs(n * length);
    long[] ones = new long[length];
    Arrays.fill(ones, 1);
    for (int row = 0; row < n; row++) {
      ids.put(row * length, rows.get(row));
      mask.put(row * length, ones, 0, rows.get(row).length);
    }
    Map<String, LongBuffer> inputs = new HashMap<>();
    inputs.put("input_ids", ids);
    inputs.put("attention_mask", mask);
    if (session.inputs().contains("token_type_ids")) {
      inputs.put("token_type_ids", Network.longs(n * length));
    }
    float[] hidden = session.tokens(inputs, n, length);
    float[][] vectors = new float[n][];
    for (int row = 0; row < n; row++) {
      vectors[row] = mean(hidden, row * length * DIMENSION, rows.get(row).length);
    }
    return vectors;
  }

  private static float[] mean(float[] hidden, int from, int positions) {
    float[] vector = new float[DIMENSION];
    for (int position = 0; position < positions; position++) {
      for (int i = 0; i < DIMENSION; i++) {
        vector[i] += hidden[from + position * DIMENSION + i];
      }
    }
    double squares = 0;
    for (float value : vector) {
      squares += (double) value * value;
    }
    for (int i = 0; i < DIMENSION; i++) {
      vector[i] /= (float) Math.sqrt(squares);
    }
    return vector;
  }
}
