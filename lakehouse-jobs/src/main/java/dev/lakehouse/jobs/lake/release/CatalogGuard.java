// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.jobs.lake.delta.CommitLog;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.RowComparison;
import dev.lakehouse.udfs.ParquetFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Looks at a catalog before and after it is written, and refuses what it cannot vouch for. */
public final class CatalogGuard {
  private static final int EXAMPLES = 3;
  private static final String WRONG_VERDICT =
      "CASE WHEN NOT verdict_status = 'pass' THEN 'did not pass'"
          + " WHEN passed_id IS NULL THEN 'is not in filtered'"
          + " WHEN NOT sha256 = passed_sha256 THEN 'has other content than filtered' END";

  private final SparkSession spark;
  private final LakeTable catalog;

  CatalogGuard(SparkSession spark, LakeTable catalog) {
    this.spark = spark;
    this.catalog = catalog;
  }

  /**
   * Refuses a catalog that somebody else changed between a version that we vouch for and another.
   *
   * <p>A foreign commit that changes no row, such as a compaction, is let be.
   *
   * @param vouched the newest version that a release names, or {@link LakeTable#ABSENT}
   */
  void requireUntouched(long vouched, long head) {
    OptionalLong foreign = firstForeign(vouched, head);
    if (foreign.isEmpty()) {
      return;
    }
    Dataset<Row> ours = catalog.rowsAt(foreign.getAsLong() - 1);
    Dataset<Row> theirs = catalog.rowsAt(head);
    RowComparison comparison = new RowComparison(catalog.table(), Set.of());
    List<Row> strange =
        comparison
            .differing(theirs, ours)
            .select("asset_id")
            .union(comparison.vanished(ours, theirs).select("asset_id"))
            .limit(EXAMPLES)
            .collectAsList();
    if (!strange.isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.INTEGRITY,
          "Cannot trust catalog %s: version %d was not made by publish and rows differ from what"
              + " was published, such as %s. Nothing was released; readers still see the last"
              + " release. Restore the table with 'lakehouse publish --rebuild'",
          catalog.uri(),
          foreign.getAsLong(),
          strange.stream().map(row -> row.getString(0)).toList());
    }
  }

  private OptionalLong firstForeign(long vouched, long head) {
    CommitLog log = catalog.commitLog();
    for (long version = vouched + 1; version <= head; version++) {
      if (log.read(version).flatMap(CommitLog.Commit::note).isEmpty()) {
        return OptionalLong.of(version);
      }
    }
    return OptionalLong.empty();
  }

  /**
   * Checks every row of the files that a version added.
   *
   * @param version made by us
   * @param filtered what passed, as the release takes it
   * @param families whose vectors may be in a row
   */
  void requireSound(long version, Dataset<Row> filtered, Map<String, FamilyEncoder> families) {
    List<String> added =
        catalog.commitLog().read(version).map(CommitLog.Commit::added).orElse(List.of());
    if (added.isEmpty()) {
      return;
    }
    Dataset<Row> written =
        ParquetFiles.read(spark, catalog.rows().schema(), added.toArray(String[]::new));
    List<Row> wrong = violations(written, filtered, families).limit(EXAMPLES).collectAsList();
    if (!wrong.isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.INTEGRITY,
          "Cannot release version %d of catalog %s: rows %s are not as they should be. Readers"
              + " still see the last release. Run 'lakehouse audit', then 'lakehouse publish"
              + " --rebuild'",
          version,
          catalog.uri(),
          wrong.stream().map(row -> row.getString(0) + " (" + row.getString(1) + ")").toList());
    }
  }

  /** Refuses a version that has more or fewer rows than the release. */
  void requireRows(long version, long expected) {
    long found = catalog.rowsAt(version).count();
    if (found != expected) {
      throw LakehouseException.of(
          ErrorCode.INTEGRITY,
          "Cannot release version %d of catalog %s: expected %d rows but found %d. Readers still"
              + " see the last release. Run 'lakehouse publish --rebuild'",
          version,
          catalog.uri(),
          expected,
          found);
    }
  }

  /** Rows that break the trust, each with what is wrong: {@code asset_id, wrong}. */
  public static Dataset<Row> violations(
      Dataset<Row> rows, Dataset<Row> filtered, Map<String, FamilyEncoder> families) {
    Dataset<Row> passed =
        filtered.select(col("asset_id").as("passed_id"), col("sha256").as("passed_sha256"));
    List<Column> wrong = new ArrayList<>(List.of(expr(WRONG_VERDICT)));
    CatalogTable.familiesIn(List.of(rows.columns()))
        .forEach(family -> wrong.add(expr(wrongVector(family, families))));
    return rows.join(passed, col("asset_id").equalTo(col("passed_id")), "left")
        .select(col("asset_id"), coalesce(wrong.toArray(Column[]::new)).as("wrong"))
        .where("wrong IS NOT NULL");
  }

  private static String wrongVector(String family, Map<String, FamilyEncoder> families) {
    FamilyEncoder encoder = families.get(family);
    if (encoder == null) {
      return "IF(%s_vector IS NULL, NULL, '%s vector, and the family is off')"
          .formatted(family, family);
    }
    return ("CASE WHEN %1$s_vector IS NULL THEN NULL"
            + " WHEN NOT %1$s_encoder <=> '%2$s' THEN '%1$s vector of another encoder'"
            + " WHEN size(%1$s_vector) <> %3$d THEN '%1$s vector of another length'"
            + " WHEN NOT coalesce(abs(sqrt(aggregate(%1$s_vector, 0D, (sum, x) -> sum + x * x))"
            + " - 1) <= 0.001, FALSE) THEN '%1$s vector not of norm 1' END")
        .formatted(family, encoder.encoder(), encoder.dim());
  }
}
