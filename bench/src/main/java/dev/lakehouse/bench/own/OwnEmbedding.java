// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.own;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.bench.Clock;
import dev.lakehouse.bench.Clock.Spent;
import dev.lakehouse.bench.Result;
import dev.lakehouse.bench.Task;
import dev.lakehouse.bench.Workload;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.pipeline.Scope;
import dev.lakehouse.jobs.pipeline.embed.EmbedResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * {@code embed} on a lake that was judged: from its rows to vectors in its {@code embeddings}
 * table, the model's loading and every commit included.
 */
public final class OwnEmbedding {
  /** What is measured after as much as this was done before, in the same process. */
  private static final int WARM_UP = 8;

  private OwnEmbedding() {}

  /**
   * Runs once.
   *
   * @param precision that models run in: fp32, …, or auto
   */
  public static Result run(String system, Task task, String precision)
      throws IOException, InterruptedException {
    Path scratch = task.data().folder().resolve("scratch");
    PreparedLake small =
        PreparedLake.of(new Task(task.workload(), WARM_UP, task.cores(), task.data()));
    PreparedLake warmUp = small.copy(scratch.resolve("warm-up"));
    PreparedLake lake = PreparedLake.of(task).copy(scratch.resolve("lake"));
    try (SparkSession spark = PreparedLake.session(task.cores())) {
      embed(warmUp.open(spark, precision), task.workload());
      WarmEncoders.limit(0); // the model is to be loaded again, within what is measured
      long loads = WarmEncoders.nativeSessions();
      Lakehouse driver = lake.open(spark, precision);
      SteadyWatch watch = SteadyWatch.start();
      Clock clock = new Clock();
      EmbedResult embedded = embed(driver, task.workload());
      Spent whole = clock.spent(embedded.computed());
      Spent steady = watch.stop();
      if (embedded.computed() != task.rows() || embedded.failed() > 0) {
        throw new IllegalStateException("Expected %d vectors: %s".formatted(task.rows(), embedded));
      }
      return Result.here(
          system, task.workload().word(), whole, steady, WarmEncoders.nativeSessions() - loads);
    } finally {
      PreparedLake.delete(scratch);
    }
  }

  static EmbedResult embed(Lakehouse lake, Workload workload) {
    String family = workload.isPictures() ? "clip" : "text";
    return requireNonNull(
        lake.embed(List.of(family), Optional.empty(), Scope.CHANGED).get(family), family);
  }
}
