// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.core.curate.Severity;
import dev.lakehouse.udfs.SparkColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/**
 * Judges every active asset by a policy, from kept figures alone.
 *
 * <p>In this order: all rules; what reviewers decided; then, among those that still pass, the
 * keeper of each cluster of duplicates. The order matters: a copy is never kept in place of one
 * that passes because it came first and failed.
 */
public final class JudgeStage {
  private static final String REJECTED = "REVIEWER_REJECTED";
  private static final String IS_COPY = "kept <> asset_id";

  private final Probes probes;
  private final Policy policy;
  private final String judgementId;
  private final JudgementRule rule;

  /**
   * A stage for one judgement.
   *
   * @param probes whose figures it judges by
   * @param policy checked already by {@link RuleCheck}
   * @param judgementId as {@link JudgedFrom} names it
   */
  public JudgeStage(Probes probes, Policy policy, String judgementId, JudgementRule rule) {
    this.probes = probes;
    this.policy = policy;
    this.judgementId = judgementId;
    this.rule = rule;
  }

  /**
   * Judges.
   *
   * @param assets rows of {@link Tables#ASSETS}
   * @param derived rows of {@link Tables#DERIVED}; empty where {@link Pieces#mayBeIn} says no
   * @param measurements rows of {@link Probes#measurements}
   * @param duplicates rows of {@link Tables#DUPLICATES}
   * @param decisions rows of {@link Tables#DECISIONS}
   */
  public Judgement apply(
      Dataset<Row> assets,
      Optional<Dataset<Row>> derived,
      Dataset<Row> measurements,
      Dataset<Row> duplicates,
      Dataset<Row> decisions) {
    Dataset<Row> whole = whole(assets, derived);
    Dataset<Row> judged = view(probes, assets, derived, measurements);
    Dataset<Row> decided =
        ruled(judged).join(lastWord(decisions), SparkColumns.using("asset_id"), "left");
    Dataset<Row> verdicts = verdicts(withKeepers(withStatus(decided), duplicates));
    Dataset<Row> figures = new JudgedView(probes).ofContents(assets, measurements);
    return new Judgement(judgementId, rule, verdicts, whole, figures);
  }

  /**
   * What rules are asked of, one row an asset.
   *
   * @param assets rows of {@link Tables#ASSETS}
   * @param derived rows of {@link Tables#DERIVED}; empty where {@link Pieces#mayBeIn} says no
   * @param measurements rows of {@link Probes#measurements}
   */
  public static Dataset<Row> view(
      Probes probes,
      Dataset<Row> assets,
      Optional<Dataset<Row>> derived,
      Dataset<Row> measurements) {
    return new JudgedView(probes)
        .of(derived.isPresent() ? whole(assets, derived) : assets, measurements);
  }

  private static Dataset<Row> whole(Dataset<Row> assets, Optional<Dataset<Row>> derived) {
    return derived
        .map(pieces -> Pieces.of(assets, assets, pieces))
        .orElseGet(() -> Pieces.none(assets));
  }

  /** What of the view is needed further on, so that Spark need not carry the rest through joins. */
  private Dataset<Row> ruled(Dataset<Row> judged) {
    RuleSql sql = new RuleSql(probes.contract(), policy);
    return judged.select(
        col("asset_id"),
        col("source_uri"),
        col("first_seen"),
        col("modality"),
        col("media_type"),
        col("name_media_type"),
        col("sha256"),
        expr("coalesce(%s, size_bytes)".formatted(probes.amount())).as("amount"),
        waits().as("waits"),
        expr(sql.tripped()).as("tripped"));
  }

  private Column waits() {
    return JudgedView.probeOf(probes, "modality")
        .isNotNull()
        .and(
            expr(
                "content_error IS NULL AND (NOT measured"
                    + " OR exists(captions, c -> NOT c.measured)"
                    + " OR exists(passages, p -> NOT p.measured)"
                    + " OR exists(keyframes, k -> NOT k.measured))"));
  }

  private static Dataset<Row> lastWord(Dataset<Row> decisions) {
    Column latest =
        row_number()
            .over(
                Window.partitionBy("asset_id")
                    .orderBy(col("decided_at").desc(), col("decision_id").desc()));
    return decisions.withColumn("nth", latest).where("nth = 1").select("asset_id", "decision");
  }

  /**
   * What reviewers say counts after the rules: a rejection fails, an approval lifts reviews only.
   */
  private static Dataset<Row> withStatus(Dataset<Row> decided) {
    String approved = "decision <=> 'approve'";
    String fails = RuleSql.reasons("tripped", Severity.FAIL);
    String reviews = RuleSql.reasons("tripped", Severity.REVIEW);
    String warns = RuleSql.reasons("tripped", Severity.WARN);
    return decided
        .selectExpr(
            "asset_id",
            "source_uri",
            "first_seen",
            "modality",
            "media_type",
            "name_media_type",
            "sha256",
            "amount",
            "waits",
            RuleSql.names("tripped") + " AS rules",
            "IF(decision <=> 'reject', array_append(%s, '%s'), %1$s) AS fails"
                .formatted(fails, REJECTED),
            "IF(%s, array_union(%s, %s), %2$s) AS warns".formatted(approved, warns, reviews),
            "IF(%s, array(), %s) AS reviews".formatted(approved, reviews))
        .withColumn(
            "status",
            expr(
                "CASE WHEN size(fails) > 0 THEN 'fail' WHEN size(reviews) > 0 THEN 'review'"
                    + " WHEN waits THEN 'pending' ELSE 'pass' END"));
  }

  /**
   * For each duplicate that would pass: who is kept, and how it is the same. Everybody else keeps
   * itself.
   *
   * <p>Clusters of all kinds are joined first, so that an asset has one keeper.
   */
  private Dataset<Row> withKeepers(Dataset<Row> withStatus, Dataset<Row> duplicates) {
    WindowSpec alike =
        Window.partitionBy(
            expr("IF(status = 'pass', component, NULL)"),
            expr("IF(status = 'pass' AND component IS NOT NULL, NULL, asset_id)"));
    WindowSpec best = alike.orderBy(keeperOrder());
    return withStatus
        .join(Components.of(duplicates), SparkColumns.using("asset_id"), "left")
        .select(
            col("*"),
            first("asset_id").over(best).as("kept"),
            first("exact").over(best).as("kept_exact"),
            coalesce(col("other"), min("other").over(alike)).as("alike_by"));
  }

  private Column[] keeperOrder() {
    List<Column> order = new ArrayList<>();
    policy.keeperOrder().forEach(word -> order.add(keeperColumn(word)));
    order.add(col("asset_id").asc());
    return order.toArray(Column[]::new);
  }

  private static Column keeperColumn(String word) {
    return switch (word) {
      case "name-agrees" -> expr("coalesce(name_media_type = media_type, TRUE)").desc();
      case "more-content" -> col("amount").desc();
      // a run sees everything at one time; within it the order is that of a listing
      case "earliest-seen" -> struct(col("first_seen"), col("source_uri")).asc();
      case "smallest-asset-id" -> col("asset_id").asc();
      default -> throw new IllegalArgumentException("No such keeper: " + word);
    };
  }

  private Dataset<Row> verdicts(Dataset<Row> kept) {
    String copied =
        "concat(IF(exact = kept_exact OR alike_by IS NULL, 'EXACT', upper(alike_by)),"
            + " '_DUPLICATE')";
    return kept.selectExpr(
            "asset_id",
            "source_uri",
            "modality",
            "sha256",
            "IF(%s, 'fail', status) AS verdict_status".formatted(IS_COPY),
            ("CASE WHEN %s THEN array(%s) WHEN status = 'pending'"
                    + " THEN array('NOT_MEASURED') ELSE concat(fails, reviews) END AS reasons")
                .formatted(IS_COPY, copied),
            "rules",
            "warns AS warnings",
            "IF(%s, kept, NULL) AS keeper".formatted(IS_COPY),
            "'%s' AS judgement_id".formatted(judgementId),
            "'%s' AS policy_digest".formatted(policy.digest()))
        .to(SparkColumns.schema(Tables.VERDICTS));
  }
}
