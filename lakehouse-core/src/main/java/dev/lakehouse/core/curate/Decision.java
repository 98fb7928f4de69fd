// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * What a reviewer said of an asset: a row of {@link Tables#DECISIONS}.
 *
 * @param assetId the asset
 * @param word approve or reject
 * @param reason in words, or empty
 * @param reviewer who
 * @param decidedAt when
 * @param id orders decisions of the same instant
 */
public record Decision(
    String assetId, String word, String reason, String reviewer, Instant decidedAt, String id) {
  /** All that can be said. */
  public static final List<String> WORDS = List.of("approve", "reject");

  /** The last one on an asset is the greatest. */
  public static final Comparator<Decision> ORDER =
      Comparator.comparing(Decision::decidedAt).thenComparing(Decision::id);

  public Decision {
    if (!WORDS.contains(word)) {
      throw new IllegalArgumentException("No decision: " + word);
    }
  }

  /** A decision that is made by a run. */
  public static Decision of(
      String assetId, String word, String reason, String reviewer, Instant decidedAt, String run) {
    return new Decision(assetId, word, reason, reviewer, decidedAt, run + "-" + UUID.randomUUID());
  }

  /** A decision that was kept. */
  public static Decision of(Values row) {
    return new Decision(
        row.require("asset_id", String.class),
        row.require("decision", String.class),
        row.require("reason", String.class),
        row.require("reviewer", String.class),
        row.require("decided_at", Timestamp.class).toInstant(),
        row.require("decision_id", String.class));
  }

  /** As it is kept. */
  public Values row() {
    return Values.of(Tables.DECISIONS)
        .set("asset_id", assetId)
        .set("decision", word)
        .set("reason", reason)
        .set("reviewer", reviewer)
        .set("decided_at", Timestamp.from(decidedAt))
        .set("decision_id", id);
  }
}
