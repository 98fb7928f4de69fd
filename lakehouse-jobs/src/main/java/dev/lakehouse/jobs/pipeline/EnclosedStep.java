// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;

import dev.lakehouse.core.DocumentSetting;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.content.BlobMode;
import dev.lakehouse.core.content.intake.IngestPlan;
import dev.lakehouse.jobs.content.IngestResult;
import dev.lakehouse.jobs.content.IngestStage;
import dev.lakehouse.jobs.derive.Derived;
import dev.lakehouse.jobs.derive.EnclosedItems;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.Conflicts;
import dev.lakehouse.jobs.lake.delta.KeptRows;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Makes assets of the pictures and attachments that were taken out of documents, and marks gone
 * what came out of documents that are gone.
 */
public final class EnclosedStep {
  private static final String NAME = "enclosed";
  private static final String SOURCE = "what stands in documents";

  private final LakeContext context;

  public EnclosedStep(LakeContext context) {
    this.context = context;
  }

  /** Takes in what was taken out of documents since; among that may be documents again. */
  public IngestResult run() {
    return Conflicts.repeat(this::once);
  }

  private IngestResult once() {
    LakeTable assets = context.table(Tables.ASSETS);
    LakeTable pieces = context.table(Tables.DERIVED);
    long version = assets.version();
    long from = pieces.version();
    if (pieces.notedAt(from).areNull("name")
        && assets.notedAt(version).areOneEach("source", each -> !EnclosedItems.isEnclosed(each))) {
      return nothing();
    }
    Dataset<Row> existing = assets.rowsAt(version);
    Dataset<Row> derived = Derived.by(context.derivers().names(), pieces.rowsAt(from));
    Dataset<Row> before = existing.where(EnclosedItems.enclosed(col("source")));
    if (derived.where("name IS NOT NULL").isEmpty() && before.isEmpty()) {
      return nothing();
    }
    int depth = (int) context.settings().integer(DocumentSetting.DEPTH);
    Dataset<Row> items = EnclosedItems.of(existing, derived, depth);
    Dataset<Row> gone =
        before.where("state = 'active'").as("t").join(items.as("s"), same(), "left_anti");
    Dataset<Row> outcomes =
        new IngestStage(plan()).apply(items.as("s").join(before.as("t"), unchanged(), "left_anti"));
    try (KeptRows kept = KeptRows.computed(outcomes)) {
      return merge(assets, version, kept.rows(), gone, items.count());
    }
  }

  private static IngestResult nothing() {
    return new IngestResult(SOURCE, 0, 0, 0, 0, 0, 0, 0, Map.of(), Map.of());
  }

  private static Column same() {
    return col("t.source").equalTo(col("s.source")).and(col("t.key").equalTo(col("s.key")));
  }

  /** What is there as it would be taken in now need not be opened again. */
  private static Column unchanged() {
    Column bytes = coalesce(col("t.source_sha256"), col("t.sha256"));
    Column same = same().and(col("t.state").equalTo("active"));
    same = same.and(bytes.equalTo(col("s.stored_sha256")));
    for (String said : new String[] {"language", "licence", "consent", "sensitivity", "group_id"}) {
      same = same.and(col("t." + said).eqNullSafe(col("s." + said)));
    }
    return same;
  }

  private IngestPlan plan() {
    return IngestPlan.under(
        context.settings(),
        context.blobs(),
        BlobMode.COPY,
        context.hadoopConf(),
        context.run().id(),
        context.run().startedAt());
  }

  private IngestResult merge(
      LakeTable assets, long read, Dataset<Row> outcomes, Dataset<Row> gone, long seen) {
    Dataset<Row> ingested = IngestStage.assets(outcomes);
    Dataset<Row> refused = IngestStage.deadLetters(outcomes);
    CommitNote note = CommitNote.of(context.run().id(), NAME);
    try (AssetChanges changes = AssetChanges.of(ingested, assets.rowsAt(read), gone)) {
      LakeTable letters = context.table(Tables.DEAD_LETTERS);
      long dead = refused.count();
      if (dead > 0 || letters.exists()) {
        new DeadLetterChanges(letters).apply(refused, ingested, Optional.empty(), note);
      }
      changes.commit(assets, read, note);
      long unchanged = seen - dead - changes.added() - changes.updated();
      return new IngestResult(
          SOURCE,
          seen,
          changes.added(),
          changes.updated(),
          unchanged,
          0,
          dead,
          changes.gone(),
          Map.of(),
          Map.of());
    }
  }
}
