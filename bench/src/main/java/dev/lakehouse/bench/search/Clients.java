// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.search;

import dev.lakehouse.bench.Clock;
import dev.lakehouse.bench.search.Answered.Pace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that ask all questions, each as soon as its last one is answered.
 *
 * @param questions how many there are
 */
record Clients(int questions) {

  /** Answers a question by its number. */
  interface Index {
    void ask(int question) throws Exception;
  }

  Pace ask(int clients, Index index) throws Exception {
    long[] nanos = new long[questions];
    AtomicInteger next = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(clients);
    try {
      Clock clock = new Clock();
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        all.add(
            pool.submit(
                () -> {
                  for (int q = next.getAndIncrement(); q < questions; q = next.getAndIncrement()) {
                    long began = System.nanoTime();
                    index.ask(q);
                    nanos[q] = System.nanoTime() - began;
                  }
                  return null;
                }));
      }
      for (Future<?> each : all) {
        each.get();
      }
      Clock.Spent spent = clock.spent(questions);
      Arrays.sort(nanos);
      return new Pace(
          questions,
          spent.seconds(),
          spent.cpuSeconds(),
          nanos[questions / 2] / 1e6,
          nanos[questions - 1 - questions / 100] / 1e6);
    } finally {
      pool.shutdownNow();
    }
  }
}
