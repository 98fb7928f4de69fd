// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static java.util.Comparator.comparing;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;

import dev.lakehouse.udfs.SparkColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a judgement changed against the one before it.
 *
 * @param newlyPassing assets that pass now and did not, or were not there
 * @param newlyFailing assets that passed and do not now, or are gone
 * @param reasons why those fail now, most frequent first, with a few examples
 */
public record JudgementDifference(long newlyPassing, long newlyFailing, List<Reason> reasons) {
  private static final int EXAMPLES = 3;

  public JudgementDifference {
    reasons = List.copyOf(reasons);
  }

  /**
   * One reason.
   *
   * @param reason its code; {@code GONE} for an asset that is no longer there
   * @param count assets that newly fail for it
   * @param examples up to three of their source URIs
   */
  public record Reason(String reason, long count, List<String> examples) {
    public Reason {
      examples = List.copyOf(examples);
    }
  }

  /** Nothing changed. */
  public static JudgementDifference none() {
    return new JudgementDifference(0, 0, List.of());
  }

  /** Compares two sets of verdicts. */
  public static JudgementDifference between(Dataset<Row> before, Dataset<Row> after) {
    long passing = 0;
    long failing = 0;
    List<Reason> reasons = new ArrayList<>();
    for (Row row : counts(changed(before, after))) {
      long count = row.getLong(2);
      if (!row.isNullAt(1)) {
        reasons.add(new Reason(row.getString(1), count, row.getList(3)));
      } else if (row.getBoolean(0)) {
        passing = count;
      } else {
        failing = count;
      }
    }
    reasons.sort(comparing(Reason::count).reversed().thenComparing(Reason::reason));
    return new JudgementDifference(passing, failing, reasons);
  }

  /** How many pass, how many fail, with null for the reason, and how many fail for each reason. */
  private static List<Row> counts(Dataset<Row> changed) {
    String examples =
        "slice(array_sort(collect_list(IF(reason IS NULL, NULL, source_uri))), 1, %d)";
    return changed
        .selectExpr(
            "passes",
            "explode(concat(array(CAST(NULL AS STRING)), IF(passes, array(), reasons))) AS reason",
            "source_uri")
        .groupBy("passes", "reason")
        .agg(count("*").as("n"), expr(examples.formatted(EXAMPLES)))
        .collectAsList();
  }

  private static Dataset<Row> changed(Dataset<Row> before, Dataset<Row> after) {
    Dataset<Row> old =
        before.select(col("asset_id"), col("source_uri").as("old_uri"), passes("old_passes"));
    return old.join(
            after.select(col("asset_id"), col("source_uri"), col("reasons"), passes("new_passes")),
            SparkColumns.using("asset_id"),
            "full_outer")
        .selectExpr(
            "coalesce(source_uri, old_uri) AS source_uri",
            "coalesce(reasons, array('GONE')) AS reasons",
            "coalesce(old_passes, FALSE) AS passed",
            "coalesce(new_passes, FALSE) AS passes")
        .where("passed <> passes");
  }

  private static Column passes(String name) {
    return col("verdict_status").equalTo("pass").as(name);
  }
}
