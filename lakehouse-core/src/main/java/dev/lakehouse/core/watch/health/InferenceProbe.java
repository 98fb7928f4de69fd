// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.health;

import dev.lakehouse.core.batch.BatchShape;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.Encoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the largest batches that a pump would run, on all its threads at once, and looks on. */
final class InferenceProbe {
  private final int threads;
  private final BatchShape shape;

  /**
   * @param threads that run batches at once
   * @param shape of a batch at most
   */
  InferenceProbe(int threads, BatchShape shape) {
    this.threads = threads;
    this.shape = shape;
  }

  /**
   * Bytes outside the heap that the process took for it; 0 where the system does not say.
   *
   * @throws InterruptedException if the caller is told to end
   */
  long bytes(Tower tower, Encoder encoder) throws InterruptedException, ExecutionException {
    List<EmbedInput> batch = encoder.spec().kind().largest(tower, shape);
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
