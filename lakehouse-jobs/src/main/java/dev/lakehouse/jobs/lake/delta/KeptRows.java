// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import scala.Option;

/**
 * Rows that several questions are asked about: computed by the first, and kept until this is
 * closed.
 *
 * @param rows the rows
 */
public record KeptRows(Dataset<Row> rows) implements AutoCloseable {

  /** Keeps rows, in memory and on disk. */
  public static KeptRows of(Dataset<Row> rows) {
    // persist() would write the whole plan out to find a name
    rows.sparkSession()
        .sharedState()
        .cacheManager()
        .cacheQuery(rows, Option.apply("rows kept"), StorageLevel.MEMORY_AND_DISK());
    return new KeptRows(rows);
  }

  /**
   * Keeps rows that several tasks are to compute; where queries are fitted to few, one task keeps
   * all of them, as it does those of {@link #of} tables.
   */
  public static KeptRows computed(Dataset<Row> rows) {
    return of(QueryMode.isForFew(rows.sparkSession()) ? rows.repartition(1) : rows);
  }

  /** Keeps rows where queries are fitted to few; many are computed again for each question. */
  public static KeptRows ifFew(Dataset<Row> rows) {
    return QueryMode.isForFew(rows.sparkSession()) ? of(rows) : new KeptRows(rows);
  }

  /** Whether they are kept, and not computed anew. */
  public boolean areKept() {
    return !rows.storageLevel().equals(StorageLevel.NONE());
  }

  @Override
  public void close() {
    rows.unpersist(false);
  }
}
