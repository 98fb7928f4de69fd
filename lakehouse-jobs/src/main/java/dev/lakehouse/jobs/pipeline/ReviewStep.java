// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.jobs.lake.CommitNote;
import dev.lakehouse.udfs.SparkColumns;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.apache.spark.sql.Row;

/** Shows what waits for a reviewer, and keeps what reviewers decide. */
public final class ReviewStep {

  /** What a reviewer says of an asset. */
  public enum Decision {
    APPROVE,
    REJECT
  }

  /**
   * An asset that waits.
   *
   * @param assetId the asset
   * @param sourceUri where it came from
   * @param reasons why it waits
   */
  public record Waiting(String assetId, String sourceUri, List<String> reasons) {}

  private final LakeContext context;

  public ReviewStep(LakeContext context) {
    this.context = context;
  }

  /** The assets that wait, by place, at most so many. */
  public List<Waiting> waiting(int limit) {
    return context
        .table(Tables.VERDICTS)
        .rows()
        .where("verdict_status = 'review'")
        .select("asset_id", "source_uri", "reasons")
        .orderBy("source_uri")
        .limit(limit)
        .collectAsList()
        .stream()
        .map(row -> new Waiting(row.getString(0), row.getString(1), row.getList(2)))
        .toList();
  }

  /**
   * Keeps a decision; the next judgement reads it.
   *
   * @param assets ids or source URIs
   * @throws LakehouseException CONFIG_INVALID if one of them was never judged
   */
  public int decide(List<String> assets, Decision decision, String reason, String reviewer) {
    List<String> ids = known(assets);
    List<Row> rows = new ArrayList<>();
    for (String id : ids) {
      rows.add(
          SparkColumns.row(
              Values.of(Tables.DECISIONS)
                  .set("asset_id", id)
                  .set("decision", decision.name().toLowerCase(Locale.ROOT))
                  .set("reason", reason)
                  .set("reviewer", reviewer)
                  .set("decided_at", Timestamp.from(context.run().startedAt()))
                  .set("decision_id", context.run().id() + "-" + UUID.randomUUID())));
    }
    context
        .table(Tables.DECISIONS)
        .insert(
            context.spark().createDataFrame(rows, SparkColumns.schema(Tables.DECISIONS)),
            CommitNote.of(context.run().id(), "review"));
    return ids.size();
  }

  private List<String> known(List<String> assets) {
    Object[] named = assets.toArray();
    List<Row> found =
        context
            .table(Tables.VERDICTS)
            .rows()
            .where(col("asset_id").isin(named).or(col("source_uri").isin(named)))
            .select("asset_id", "source_uri")
            .collectAsList();
    Set<String> unknown = new HashSet<>(assets);
    found.forEach(
        row -> {
          unknown.remove(row.getString(0));
          unknown.remove(row.getString(1));
        });
    if (!unknown.isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot decide on %s: expected ids or source URIs of judged assets. Nothing was kept;"
              + " 'lakehouse review list' shows what waits",
          unknown);
    }
    return found.stream().map(row -> row.getString(0)).toList();
  }
}
