// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.floor;

import dev.lakehouse.bench.Clock;
import dev.lakehouse.bench.Clock.Spent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** One thread for each core, all at the same work. */
final class Crew {
  /** A piece of the work. */
  interface Piece {
    void work(int from, int to) throws Exception;
  }

  /** What a thread works with. */
  interface Hand {
    Piece ready() throws Exception;
  }

  private final int cores;

  Crew(int cores) {
    this.cores = cores;
  }

  /** Does {@code rows} items in pieces of {@code batch}, each by whoever is free. */
  Spent run(int rows, int batch, Hand hand) throws InterruptedException {
    ExecutorService threads =
        Executors.newFixedThreadPool(cores, task -> new Thread(task, "floor"));
    try {
      AtomicInteger next = new AtomicInteger();
      Clock clock = new Clock();
      List<Future<?>> done = new ArrayList<>();
      for (int i = 0; i < cores; i++) {
        done.add(
            threads.submit(
                () -> {
                  Piece piece = hand.ready();
                  for (int from = next.getAndAdd(batch);
                      from < rows;
                      from = next.getAndAdd(batch)) {
                    piece.work(from, Math.min(rows, from + batch));
                  }
                  return null;
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
      return clock.spent(rows);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The floor broke", e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }
}
