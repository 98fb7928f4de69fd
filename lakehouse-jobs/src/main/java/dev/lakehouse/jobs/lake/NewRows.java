// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake;

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
    if (!alone || !append(rows, note)) {
      table.insert(rows, note);
    }
  }

  /** Whether nothing had come in between. */
  private boolean append(Dataset<Row> rows, CommitNote note) {
    try {
      table.appendSince(version, rows, note);
    } catch (LakehouseException e) {
      if (e.code() != ErrorCode.COMMIT_CONFLICT) {
        throw e;
      }
      LOG.info("Merging from now on: {}", e.getMessage());
      alone = false;
      return false;
    }
    version = Math.max(version, LakeTable.CREATED) + 1;
    alone = table.version() == version;
    return true;
  }
}
