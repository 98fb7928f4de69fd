// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.batch.PumpFigures;
import dev.lakehouse.core.batch.PumpLimits;
import dev.lakehouse.core.batch.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * What a task got from a pump.
 *
 * @param vectors of its inputs, in order
 * @param figures of its session
 */
public record Pumped(List<float[]> vectors, PumpFigures figures) {
  private static final long MIB = 1 << 20;

  /** Two cores, small limits, and batches of so many items from a window of so many. */
  public static PumpPlan plan(int rows, int window) {
    return new PumpPlan(
        "cpu",
        2,
        1,
        new Batching(rows, 64 * MIB, 8192, window),
        new PumpLimits(
            64 * MIB, Duration.ofMillis(50), Duration.ofSeconds(60), Duration.ofMinutes(5)));
  }

  /** Several tasks at once hand the same inputs to one pump; every input must have a vector. */
  public static List<Pumped> byTasks(
      int tasks, EncoderSpec spec, PumpPlan plan, List<EmbedInput> inputs) throws Exception {
    CyclicBarrier start = new CyclicBarrier(tasks);
    ExecutorService pool = Executors.newFixedThreadPool(tasks);
    try {
      List<Future<Pumped>> running = new ArrayList<>();
      for (int i = 0; i < tasks; i++) {
        running.add(
            pool.submit(
                () -> {
                  start.await();
                  return by(spec, plan, inputs);
                }));
      }
      List<Pumped> results = new ArrayList<>();
      for (Future<Pumped> one : running) {
        results.add(one.get(1000, TimeUnit.SECONDS));
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  private static Pumped by(EncoderSpec spec, PumpPlan plan, List<EmbedInput> inputs) {
    try (Session<EmbedInput, EmbedOutcome> session = WarmPumps.open(spec, plan, () -> {})) {
      List<float[]> vectors = new ArrayList<>();
      session
          .outcomes(inputs.iterator())
          .forEachRemaining(outcome -> vectors.add(outcome.vector().orElseThrow()));
      return new Pumped(vectors, session.figures());
    }
  }
}
