// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that several questions are asked about: computed by the first, and kept until this is
 * closed.
 *
 * @param rows the rows
 */
public record KeptRows(Dataset<Row> rows) implements AutoCloseable {

  public static KeptRows of(Dataset<Row> rows) {
    return new KeptRows(rows.persist(StorageLevel.MEMORY_AND_DISK()));
  }

  @Override
  public void close() {
    rows.unpersist(false);
  }
}
