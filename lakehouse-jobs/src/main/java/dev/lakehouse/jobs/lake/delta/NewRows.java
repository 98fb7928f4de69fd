// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds rows whose keys a table did not have at some version, in one commit after the other.
 *
 * <p>While nobody else commits they are appended, which costs what they cost, however large the
 * table is. From the first commit of another on they are merged: then the keys that are there have
 * to be looked at again.
 */
public final class NewRows {
  private static final Logger LOG = LoggerFactory.getLogger(NewRows.class);

  private static final double FILE_BYTES = 128 << 20;
  private static final double MOST_FILES = 1 << 20;

  private final LakeTable table;
  private long version;
  private boolean alone = true;

  /**
   * Nothing was added yet.
   *
   * @param since version that has none of the keys to come
   */
  public NewRows(LakeTable table, long since) {
    this.table = table;
    this.version = since;
  }

  /** Adds rows, and of those that another added meanwhile none. */
  public void add(Dataset<Row> rows, CommitNote note) {
    alone = alone && table.version() <= read() && append(rows, note);
    if (!alone) {
      table.insert(rows, note);
    }
  }

  /** The version that is known; a table that was made meanwhile, and no more, has no rows. */
  private long read() {
    return Math.max(version, LakeTable.CREATED);
  }

  /** Whether nobody was first. */
  private boolean append(Dataset<Row> rows, CommitNote note) {
    try {
      table.appendSince(version, packed(rows), note);
    } catch (LakehouseException e) {
      if (e.code() != ErrorCode.COMMIT_CONFLICT) {
        throw e;
      }
      LOG.info("Merging from now on: {}", e.getMessage());
      return false;
    }
    version = read() + 1;
    return true;
  }

  /** The rows in fewer pieces: they come in one for each task, and each piece becomes a file. */
  static Dataset<Row> packed(Dataset<Row> rows) {
    double bytes =
        rows.select("*").queryExecution().optimizedPlan().stats().sizeInBytes().toDouble();
    return rows.coalesce((int) Math.min(MOST_FILES, 1 + bytes / FILE_BYTES));
  }
}
