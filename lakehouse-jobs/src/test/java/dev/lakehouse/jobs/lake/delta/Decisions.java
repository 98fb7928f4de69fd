// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.udfs.SparkColumns;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The smallest table with a key, and rows for it. */
public final class Decisions {
  private Decisions() {}

  public static LakeTable at(Path root) {
    LakeTables tables =
        new LakeTables(SparkTest.session(), table -> root.resolve(table.name()).toString());
    tables.fitQueries(0); // as a command does first
    return tables.table(Tables.DECISIONS);
  }

  /** Rows that say the same, with these keys. */
  public static Dataset<Row> rows(String decision, String... ids) {
    return SparkTest.session()
        .createDataFrame(
            Stream.of(ids).map(id -> row(decision, id)).toList(),
            SparkColumns.schema(Tables.DECISIONS));
  }

  private static Row row(String decision, String id) {
    return SparkColumns.row(
        Values.of(Tables.DECISIONS)
            .set("asset_id", "a")
            .set("decision", decision)
            .set("reason", "because")
            .set("reviewer", "somebody")
            .set("decided_at", Timestamp.from(Instant.EPOCH))
            .set("decision_id", id));
  }
}
