// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.JudgedAssets;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.udfs.SparkColumns;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;

/** Keeps what reviewers decide. */
public final class ReviewStep {

  /** What a reviewer says of an asset. */
  public enum Decision {
    APPROVE,
    REJECT
  }

  private final LakeContext context;

  public ReviewStep(LakeContext context) {
    this.context = context;
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
              dev.lakehouse.core.curate.Decision.of(
                      id,
                      decision.name().toLowerCase(Locale.ROOT),
                      reason,
                      reviewer,
                      context.run().startedAt(),
                      context.run().id())
                  .row()));
    }
    context
        .table(Tables.DECISIONS)
        .insert(
            context.spark().createDataFrame(rows, SparkColumns.schema(Tables.DECISIONS)),
            CommitNote.of(context.run().id(), "review"));
    return ids.size();
  }

  /** A place may stand for several assets: the rows of a manifest. */
  private List<String> known(List<String> assets) {
    Map<String, Set<String>> ids = JudgedAssets.named(context.reader(), assets);
    Set<String> unknown = new LinkedHashSet<>(assets);
    unknown.removeAll(ids.keySet());
    if (!unknown.isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot decide on %s: expected ids or source URIs of judged assets. Nothing was kept;"
              + " 'lakehouse review list' shows what waits",
          unknown);
    }
    return ids.values().stream().flatMap(Set::stream).distinct().toList();
  }
}
