// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.own;

import dev.lakehouse.bench.Task;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.content.IngestOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** {@code ingest} of a task's pictures into an empty lake, as the command does it. */
public final class OwnIngest {
  private OwnIngest() {}

  /** Ingests, and removes the lake again. */
  public static void once(Task task) throws IOException {
    Path lake = task.data().folder().resolve("lake-ingest");
    PreparedLake.delete(lake);
    FilesSource.Options pictures =
        new FilesSource.Options(
            task.data().pictures(task.rows()).toString(),
            Optional.of("pictures"),
            Optional.empty(),
            Map.of());
    try (SparkSession spark = PreparedLake.session(task.cores())) {
      Lakehouse.open(spark, lake.toString(), Settings.defaults(), line -> {})
          .ingest(FilesSource.open(pictures), IngestOptions.defaults());
    }
  }
}
