// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.own;

import dev.lakehouse.bench.Clock;
import dev.lakehouse.bench.Task;
import dev.lakehouse.jobs.pipeline.embed.EmbedResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** {@code embed} again and again in one process, to see whether anything grows. */
public final class Soak {
  private Soak() {}

  /**
   * Embeds the same lake anew until the time is over, at least twice.
   *
   * @param said hears of each round when it ends
   */
  public static List<Round> run(Task task, Duration time, Consumer<Round> said)
      throws IOException, InterruptedException {
    Path scratch = task.data().folder().resolve("scratch-soak");
    PreparedLake prepared = PreparedLake.of(task);
    List<Round> rounds = new ArrayList<>();
    Clock clock = new Clock();
    try (SparkSession spark = PreparedLake.session(task.cores())) {
      long rows = 0;
      while (rounds.size() < 2 || clock.spent(0).seconds() < time.toSeconds()) {
        PreparedLake lake = prepared.copy(scratch);
        EmbedResult embedded =
            OwnEmbedding.embed(lake.open(spark, PreparedLake.FP32), task.workload());
        rows += embedded.computed();
        Round round = new Round(clock.spent(rows), Holdings.now());
        rounds.add(round);
        said.accept(round);
      }
    } finally {
      PreparedLake.delete(scratch);
    }
    return rounds;
  }

  /**
   * What the process holds after a round.
   *
   * @param spent since the first began
   * @param holdings what it holds
   */
  public record Round(Clock.Spent spent, Holdings holdings) {}
}
