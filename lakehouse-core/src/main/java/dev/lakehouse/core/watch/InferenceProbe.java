// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch;

import dev.lakehouse.core.bundle.TextTower;
import dev.lakehouse.core.bundle.Tower;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the largest batches that a pump would run, on all its threads at once, and looks on. */
final class InferenceProbe {
  private final int threads;
  private final int rows;
  private final long tokens;

  /**
   * @param threads that run batches at once
   * @param rows of a batch at most
   * @param tokens of a batch of texts at most
   */
  InferenceProbe(int threads, int rows, long tokens) {
    this.threads = threads;
    this.rows = rows;
    this.tokens = tokens;
  }

  /**
   * Bytes outside the heap that the process took for it; 0 where the system does not say.
   *
   * @throws InterruptedException if the caller is told to end
   */
  long bytes(Tower tower, Encoder encoder) throws InterruptedException, ExecutionException {
    List<EmbedInput> batch = largest(tower);
    encoder.encode(batch.subList(0, 1)); // what the first batch of all sets up is not counted
    long before = outsideHeap();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(() -> encoder.encode(batch)));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      pool.shutdownNow();
    }
    return Math.max(0, outsideHeap() - before);
  }

  private List<EmbedInput> largest(Tower tower) {
    if (tower instanceof TextTower text) {
      int longest = text.tokenizer().maxTokens();
      int texts = (int) Math.max(1, Math.min(rows, tokens / longest));
      return Collections.nCopies(texts, EmbedInput.text("word ".repeat(longest)));
    }
    return Collections.nCopies(rows, GoldenVector.probe(tower));
  }

  /** Resident memory that is not of the heap. */
  private static long outsideHeap() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          long resident = Long.parseLong(line.replaceAll("\\D", "")) << 10;
          return resident - Runtime.getRuntime().totalMemory();
        }
      }
    } catch (IOException e) {
      return 0; // only Linux says it so
    }
    return 0;
  }
}
