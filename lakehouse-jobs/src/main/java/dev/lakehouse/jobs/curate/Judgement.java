// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import dev.lakehouse.core.Tables;
import dev.lakehouse.udfs.SparkColumns;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a policy says of a corpus.
 *
 * @param id digest of the policy and the versions that it was judged from
 * @param rule by which it was made
 * @param verdicts rows of {@code verdicts}, one for each active asset
 * @param assets that were judged, with their pieces
 * @param figures of their own content, as {@link JudgedView#ofContents} gives them
 */
public record Judgement(
    String id,
    JudgementRule rule,
    Dataset<Row> verdicts,
    Dataset<Row> assets,
    Dataset<Row> figures) {

  /** Rows of {@code filtered}: the assets that passed, each with the captions of its copies. */
  public Dataset<Row> filtered() {
    return filteredBy(verdicts);
  }

  /**
   * The same, without judging again where the verdicts are kept already.
   *
   * @param kept the verdicts of this judgement, as they were written
   */
  public Dataset<Row> filteredBy(Dataset<Row> kept) {
    Dataset<Row> passed =
        kept.where("verdict_status = 'pass'")
            .select("asset_id", "warnings", "verdict_status", "judgement_id", "policy_digest");
    Dataset<Row> shown = figures.select("asset_id", "width", "height", "detected_language");
    Dataset<Row> described =
        rule == JudgementRule.VERSIONS ? assets : UnitedCaptions.of(assets, kept);
    return described
        .join(passed, SparkColumns.using("asset_id"), "inner")
        .join(shown, SparkColumns.using("asset_id"), "inner")
        .selectExpr(Tables.FILTERED.names().toArray(String[]::new))
        .to(SparkColumns.schema(Tables.FILTERED));
  }
}
