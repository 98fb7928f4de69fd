// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.floor;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OrtException;
import dev.lakehouse.bench.Clock.Spent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Texts to vectors of MiniLM, sorted by length before they are run. */
public final class TextFloor {
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

  /** Cuts into tokens alone. */
  public Spent tokenise() throws IOException, InterruptedException {
    try (HuggingFaceTokenizer tokenizer = MiniLm.tokenizer()) {
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
    try (HuggingFaceTokenizer tokenizer = MiniLm.tokenizer()) {
      for (Encoding encoding : tokenizer.batchEncode(texts)) {
        tokens.add(encoding.getIds());
      }
    }
    tokens.sort(Comparator.comparingInt(ids -> -ids.length));
    List<List<long[]>> batches = batches(tokens);
    try (Network session = MiniLm.network()) {
      Spent spent =
          crew.run(
              batches.size(), 1, () -> (from, to) -> MiniLm.vectors(session, batches.get(from)));
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
}
