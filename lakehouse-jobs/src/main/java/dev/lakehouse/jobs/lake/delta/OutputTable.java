// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.LakeLayout;
import io.delta.tables.DeltaTable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** A Delta table of a user, outside of the lake, written whole and in one commit. */
public final class OutputTable {
  private final SparkSession spark;
  private final String uri;

  /** What becomes of a table that is there already. */
  public enum IfThere {
    REFUSE,
    REPLACE
  }

  private OutputTable(SparkSession spark, String uri) {
    this.spark = spark;
    this.uri = uri;
  }

  /**
   * A table that may be written.
   *
   * @param layout of the lake that is kept out of
   * @throws LakehouseException if the place is the lake's own, or holds a table that is to stay
   */
  public static OutputTable at(
      SparkSession spark, LakeLayout layout, String place, IfThere ifThere) {
    String uri = LakeLayout.uri(place);
    if (layout.overlaps(uri)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot write to %s: it overlaps with the lake at %s, whose tables only its own commands"
              + " write. Name a place outside of it",
          uri,
          layout.root());
    }
    if (ifThere == IfThere.REFUSE && DeltaTable.isDeltaTable(spark, uri)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot write to %s: a table is there already. Name another place, or replace it with"
              + " --overwrite",
          uri);
    }
    return new OutputTable(spark, uri);
  }

  /** Where it is. */
  public String uri() {
    return uri;
  }

  /** Writes the rows, in place of those that are there, and counts what was committed. */
  public long write(Dataset<Row> rows) {
    rows.write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .option("overwriteSchema", "true")
        .save(uri);
    return spark.read().format("delta").load(uri).count();
  }
}
