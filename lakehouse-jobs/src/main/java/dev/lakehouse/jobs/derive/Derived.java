// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.derive;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.core.Tables;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What counts of {@link Tables#DERIVED}. */
public final class Derived {
  private Derived() {}

  /** Rows of some derivers, by name; those of versions and settings before are left out. */
  public static Dataset<Row> by(List<String> derivers, Dataset<Row> derived) {
    return derived.where(col("deriver").isin(derivers.toArray()));
  }
}
