// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.floor;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** all-MiniLM-L6-v2: tokens of at most 256 positions, their hidden states averaged. */
public final class MiniLm {
  private static final String NETWORK = "/all-minilm-l6-v2.onnx";
  private static final String TOKENIZER = "/all-minilm-l6-v2-tokenizer.json";
  private static final int MAX_TOKENS = 256;
  private static final int DIMENSION = 384;

  private MiniLm() {}

  /** Cuts texts into tokens, without padding. */
  public static HuggingFaceTokenizer tokenizer() throws IOException {
    try (InputStream in = MiniLm.class.getResourceAsStream(TOKENIZER)) {
      return HuggingFaceTokenizer.newInstance(
          in,
          Map.of(
              "padding", "false", "truncation", "true", "maxLength", String.valueOf(MAX_TOKENS)));
    }
  }

  /** Opens the network. */
  public static Network network() throws IOException, OrtException {
    try (InputStream in = MiniLm.class.getResourceAsStream(NETWORK)) {
      return Network.open(in.readAllBytes());
    }
  }

  /** Writes the network, its tokenizer and its vocabulary into a folder. */
  public static void extract(Path folder) throws IOException {
    try (InputStream network = MiniLm.class.getResourceAsStream(NETWORK)) {
      Files.copy(network, folder.resolve("model.onnx"));
    }
    extractTokenizer(folder);
    JsonNode vocabulary =
        Json.mapper().readTree(folder.resolve("tokenizer.json").toFile()).at("/model/vocab");
    String[] words = new String[vocabulary.size()];
    vocabulary.fields().forEachRemaining(word -> words[word.getValue().asInt()] = word.getKey());
    Files.write(folder.resolve("assets/vocab.txt"), List.of(words));
  }

  /** Writes its tokenizer into a folder. */
  public static void extractTokenizer(Path folder) throws IOException {
    try (InputStream tokenizer = MiniLm.class.getResourceAsStream(TOKENIZER)) {
      Files.copy(tokenizer, folder.resolve("tokenizer.json"), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** The vectors of a batch; texts are padded to the longest. */
  public static float[][] vectors(Network session, List<long[]> rows) throws OrtException {
    int length = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
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
