// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.core.Tables;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.KeptRows;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.RowComparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The assets that are new or say something else than before.
 *
 * @param kept the changed rows and why each changed; kept until this is closed
 * @param added how many are new
 * @param updated how many replace a row
 * @param gone how many are no longer offered
 */
record AssetChanges(KeptRows kept, long added, long updated, long gone) implements AutoCloseable {
  private static final String CHANGE = "change";

  /** Columns that say when an asset was first seen; they stay. */
  private static final Set<String> FIRST_SIGHT = Set.of("first_run", "first_seen", "trace_id");

  private static final Set<String> SAYS_NOTHING =
      Set.of("first_run", "first_seen", "trace_id", "last_run");

  /**
   * Compares what was ingested with what is there.
   *
   * @param ingested rows of {@code assets}, one for each id
   * @param existing rows of {@code assets}
   * @param vanished those of the existing that are to be marked gone
   */
  static AssetChanges of(Dataset<Row> ingested, Dataset<Row> existing, Dataset<Row> vanished) {
    Dataset<Row> leaving =
        vanished.withColumn("state", lit("gone")).withColumn(CHANGE, lit("gone"));
    KeptRows changes = KeptRows.of(differing(ingested, existing).unionByName(leaving));
    Map<String, Long> counts = counts(changes.rows());
    return new AssetChanges(
        changes,
        counts.getOrDefault("added", 0L),
        counts.getOrDefault("updated", 0L),
        counts.getOrDefault("gone", 0L));
  }

  private static Map<String, Long> counts(Dataset<Row> changes) {
    return changes.groupBy(CHANGE).count().collectAsList().stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> row.getLong(1)));
  }

  /** What is new or says something else, keeping what the first sight fixed: one join. */
  private static Dataset<Row> differing(Dataset<Row> ingested, Dataset<Row> existing) {
    RowComparison comparison = new RowComparison(Tables.ASSETS, SAYS_NOTHING);
    Column isNew = col("t.asset_id").isNull();
    List<Column> columns = new ArrayList<>();
    for (String name : Tables.ASSETS.names()) {
      Column said = col("s." + name);
      columns.add(FIRST_SIGHT.contains(name) ? coalesce(col("t." + name), said).as(name) : said);
    }
    columns.add(when(isNew, "added").otherwise("updated").as(CHANGE));
    return ingested
        .as("s")
        .join(existing.as("t"), comparison.sameKey(), "left")
        .where(isNew.or(not(comparison.same())))
        .select(columns.toArray(Column[]::new));
  }

  boolean isEmpty() {
    return added + updated + gone == 0;
  }

  /**
   * Writes them, in one commit or none; what the first sight fixed is kept.
   *
   * @param read the version that they were compared with
   */
  void commit(LakeTable assets, long read, CommitNote note) {
    if (isEmpty()) {
      return;
    }
    Dataset<Row> rows = kept.rows().drop(CHANGE).withColumn("last_run", lit(note.run()));
    if (updated + gone == 0) {
      assets.addSince(read, rows, note);
    } else {
      assets.upsertSince(read, rows, FIRST_SIGHT, note);
    }
  }

  @Override
  public void close() {
    kept.close();
  }
}
