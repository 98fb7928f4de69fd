// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * MiniLM as its paper says, by other means than the product's: BERT's own word pieces instead of
 * the native tokenizer, ONNX Runtime without DJL, one text at a time without padding.
 */
final class PlainMinilm implements AutoCloseable {
  private static final int MAX_TOKENS = 256;
  private static final long CLS = 101;
  private static final long SEP = 102;
  private static final long UNKNOWN = 100;

  private final Map<String, Long> vocabulary = new HashMap<>();
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  PlainMinilm() throws IOException, OrtException {
    JsonNode tokenizer = Json.mapper().readTree(resource("/all-minilm-l6-v2-tokenizer.json"));
    tokenizer
        .at("/model/vocab")
        .fields()
        .forEachRemaining(word -> vocabulary.put(word.getKey(), word.getValue().asLong()));
    session = environment.createSession(resource("/all-minilm-l6-v2.onnx"));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = PlainMinilm.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  float[] encode(String text) throws OrtException {
    long[] ids = ids(text);
    long[] mask = Collections.nCopies(ids.length, 1L).stream().mapToLong(one -> one).toArray();
    try (OnnxTensor tokens = OnnxTensor.createTensor(environment, new long[][] {ids});
        OnnxTensor ones = OnnxTensor.createTensor(environment, new long[][] {mask});
        OnnxTensor types = OnnxTensor.createTensor(environment, new long[1][ids.length]);
        OrtSession.Result result =
            session.run(
                Map.of("input_ids", tokens, "attention_mask", ones, "token_type_ids", types))) {
      return direction(((float[][][]) result.get(0).getValue())[0]);
    }
  }

  private static float[] direction(float[][] positions) {
    double[] sum = new double[positions[0].length];
    for (float[] position : positions) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += position[i];
      }
    }
    double norm = 0;
    for (double value : sum) {
      norm += value * value;
    }
    float[] vector = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      vector[i] = (float) (sum[i] / Math.sqrt(norm));
    }
    return vector;
  }

  private long[] ids(String text) {
    List<Long> pieces = new ArrayList<>();
    for (String word : words(text)) {
      pieces.addAll(pieces(word));
    }
    List<Long> ids = new ArrayList<>(pieces.subList(0, Math.min(pieces.size(), MAX_TOKENS - 2)));
    ids.add(0, CLS);
    ids.add(SEP);
    return ids.stream().mapToLong(id -> id).toArray();
  }

  /** Lower case, no accents; punctuation and Chinese characters stand alone. */
  private static List<String> words(String text) {
    StringBuilder spaced = new StringBuilder();
    Normalizer.normalize(text.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(c -> space(c, spaced));
    return List.of(spaced.toString().strip().split("\\s+"));
  }

  private static void space(int c, StringBuilder out) {
    if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
      out.append(' ');
    } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
      return;
    } else if (isPunctuation(c) || Character.isIdeographic(c)) {
      out.append(' ').appendCodePoint(c).append(' ');
    } else {
      out.appendCodePoint(c);
    }
  }

  private static boolean isPunctuation(int c) {
    boolean ascii = c > 32 && c < 127 && !Character.isLetterOrDigit(c);
    return ascii
        || switch (Character.getType(c)) {
          case Character.CONNECTOR_PUNCTUATION,
                  Character.DASH_PUNCTUATION,
                  Character.START_PUNCTUATION,
                  Character.END_PUNCTUATION,
                  Character.INITIAL_QUOTE_PUNCTUATION,
                  Character.FINAL_QUOTE_PUNCTUATION,
                  Character.OTHER_PUNCTUATION ->
              true;
          default -> false;
        };
  }

  /** The longest pieces from the left; a word that does not split is unknown as a whole. */
  private List<Long> pieces(String word) {
    List<Long> pieces = new ArrayList<>();
    int start = 0;
    while (start < word.length()) {
      int end = word.length();
      Long id = null;
      while (end > start && id == null) {
        id = vocabulary.get((start == 0 ? "" : "##") + word.substring(start, end));
        end -= id == null ? 1 : 0;
      }
      if (id == null) {
        return List.of(UNKNOWN);
      }
      pieces.add(id);
      start = end;
    }
    return pieces;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
