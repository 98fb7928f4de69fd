// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.UrlSetting;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.content.intake.IngestPlan;
import dev.lakehouse.jobs.content.IngestOptions.Known;
import dev.lakehouse.jobs.content.IngestOptions.Vanished;
import dev.lakehouse.jobs.content.IngestResult;
import dev.lakehouse.jobs.content.IngestStage;
import dev.lakehouse.jobs.content.ItemSpool;
import dev.lakehouse.jobs.content.TableSource;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.Conflicts;
import dev.lakehouse.jobs.lake.delta.KeptRows;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Brings a source into {@code assets} and {@code dead_letters}; changes only what changed.
 *
 * <p>Files that are in the state in which they were read are not read again ({@link Sightings}).
 *
 * <p>Blobs are put while the executors read, the rows are committed at the end: a kill in between
 * leaves blobs that nothing names yet, and the same command finds them there.
 */
public final class IngestStep {
  private static final String NAME = "ingest";
  private static final int TASKS_PER_CORE = 4;

  private final LakeTables tables;
  private final IngestPlan plan;
  private final Progress progress;
  private final Sightings sightings;

  public IngestStep(LakeTables tables, IngestPlan plan, Progress progress) {
    this.tables = tables;
    this.plan = plan;
    this.progress = progress;
    this.sightings = new Sightings(tables);
  }

  /**
   * Ingests a source.
   *
   * @throws LakehouseException if the source or the lake fails; never because of an item
   */
  public IngestResult run(Source source, Vanished vanished, Known known) {
    SparkSession spark = tables.spark();
    String waiting = listings(tables) + "/" + plan.run();
    try (ItemSpool spool = ItemSpool.of(spark, waiting, source)) {
      requireListing(source, spool.count(), vanished);
      tables.fitQueries(spool.count());
      progress.say(
          "ingest: %,d items in %,d entries of %s"
              .formatted(spool.count(), spool.listed(), source.name()));
      progress.reached(NAME, 0, spool.count());
      try (KeptRows kept =
          KeptRows.computed(outcomes(source, spool.rows(), tasks(spark, spool.count()), known))) {
        Dataset<Row> outcomes = kept.rows();
        Counts counts = Counts.of(outcomes);
        requireAll(spool.count(), counts.items());
        if (source.isFetched()) {
          Placeholders.of(outcomes).forEach(progress::say);
        }
        return Conflicts.repeat(() -> merge(source, outcomes, counts, vanished));
      }
    }
  }

  /**
   * How many there are.
   *
   * @param items all
   * @param dead those that are dead letters
   * @param unread those that were not read
   * @param marked those whose file was read in a state that can be found again
   */
  private record Counts(long items, long dead, long unread, long marked) {
    static Counts of(Dataset<Row> outcomes) {
      Row all =
          outcomes
              .selectExpr("count(*)", "count(dead_letter)", "count(unread)", "count(mark)")
              .head();
      return new Counts(all.getLong(0), all.getLong(1), all.getLong(2), all.getLong(3));
    }

    boolean isAllUnread() {
      return unread == items;
    }
  }

  private Dataset<Row> outcomes(Source source, Dataset<Row> items, int tasks, Known known) {
    IngestStage stage = new IngestStage(plan);
    if (!source.isFetched()) {
      boolean marked = known == Known.BELIEVED && !(source instanceof TableSource);
      return marked && sightings.exist()
          ? stage.changed(spread(source, sightings.marked(items, source.name()), tasks))
          : stage.apply(spread(source, items, tasks));
    }
    if (!plan.fetch().namesContact()) {
      progress.say(
          "ingest: %s is not set, so no server knows whom to write to"
              .formatted(UrlSetting.CONTACT.key()));
    }
    Dataset<Row> assets = tables.table(Tables.ASSETS).rows();
    Dataset<Row> believed = known == Known.BELIEVED ? assets : assets.limit(0);
    return stage.fetch(IngestStage.knowing(items, believed).repartition(tasks));
  }

  /** Where ingests put long listings aside, each in a folder of its own. */
  public static String listings(LakeTables tables) {
    return tables.table(Tables.ASSETS).uri() + "_spool";
  }

  /** An archive that is packed as a whole is unpacked by one task, which reads it in its order. */
  private static Dataset<Row> spread(Source source, Dataset<Row> items, int tasks) {
    if (source instanceof TableSource && items.rdd().getNumPartitions() >= tasks) {
      return items; // content in rows is not sent around without need
    }
    if (!source.hasArchives()) {
      return items.repartition(tasks);
    }
    Column archive =
        when(col("file_uri").contains("@gzip:"), substring_index(col("file_uri"), "#", 1))
            .otherwise(col("source_uri"));
    return items.repartition(tasks, archive).sortWithinPartitions(archive, col("place_number"));
  }

  private static int tasks(SparkSession spark, long items) {
    long most = (long) spark.sparkContext().defaultParallelism() * TASKS_PER_CORE;
    return (int) Math.max(1, Math.min(most, items));
  }

  /** An empty listing is more often an unmounted folder than a wish to forget everything. */
  private static void requireListing(Source source, long items, Vanished vanished) {
    if (items == 0 && vanished == Vanished.MARK_GONE) {
      throw LakehouseException.of(
          ErrorCode.SOURCE_UNAVAILABLE,
          "Cannot synchronise with %s: expected items but found none. Nothing was changed; if the"
              + " source is there and really empty, ingest without --sync and reject its assets",
          source.name());
    }
  }

  private static void requireAll(long offered, long outcomes) {
    if (offered != outcomes) {
      throw LakehouseException.of(
          ErrorCode.INTEGRITY,
          "Cannot ingest: %d items were offered but %d outcomes came back. Nothing was written;"
              + " report this as a defect",
          offered,
          outcomes);
    }
  }

  private IngestResult merge(
      Source source, Dataset<Row> outcomes, Counts counts, Vanished vanished) {
    boolean mayLeave = vanished == Vanished.MARK_GONE || source.hasParts();
    if (counts.isAllUnread() && !mayLeave && !tables.table(Tables.DEAD_LETTERS).exists()) {
      return result(source, counts, 0, 0, 0);
    }
    Dataset<Row> ingested = IngestStage.assets(outcomes);
    LakeTable assets = tables.table(Tables.ASSETS);
    long version = assets.version();
    Dataset<Row> existing = assets.rowsAt(version);
    Dataset<Row> gone = gone(source, existing, outcomes, vanished);
    CommitNote note = CommitNote.of(plan.run(), NAME);
    try (AssetChanges changes = AssetChanges.of(ingested, existing, gone)) {
      settle(source, outcomes, ingested, counts.dead());
      changes.commit(assets, version, note);
      if (counts.marked() > 0) {
        sightings.note(outcomes, existing, changes.kept().rows(), note);
      }
      return result(source, counts, changes.added(), changes.updated(), changes.gone());
    }
  }

  private static IngestResult result(
      Source source, Counts counts, long added, long updated, long gone) {
    return new IngestResult(
        source.name(),
        counts.items(),
        added,
        updated,
        counts.items() - counts.dead() - added - updated,
        counts.unread(),
        counts.dead(),
        gone,
        source.passedOver(),
        source.reading());
  }

  /** What is not offered any more, and what its server no longer wants to be taken. */
  private Dataset<Row> gone(
      Source source, Dataset<Row> existing, Dataset<Row> outcomes, Vanished vanished) {
    Dataset<Row> gone = notOffered(source, existing, outcomes, vanished);
    if (!source.isFetched()) {
      return gone;
    }
    Dataset<Row> optedOut =
        outcomes
            .where(col("dead_letter.error_code").equalTo(ItemError.OPTED_OUT.name()))
            .selectExpr("dead_letter.key AS refused");
    return gone.unionByName(
        active(source.name(), existing)
            .join(optedOut, col("key").equalTo(col("refused")), "left_semi"));
  }

  /** Without being asked only what is offered under another key. */
  private Dataset<Row> notOffered(
      Source source, Dataset<Row> existing, Dataset<Row> outcomes, Vanished vanished) {
    if (vanished == Vanished.MARK_GONE) {
      return vanished(source.name(), existing, outcomes);
    }
    if (!source.hasParts()) {
      return tables.table(Tables.ASSETS).rowsAt(LakeTable.ABSENT);
    }
    Dataset<Row> files =
        outcomes
            .selectExpr("coalesce(asset.source_uri, unread.source_uri) AS offered_uri")
            .where("offered_uri IS NOT NULL");
    return vanished(source.name(), existing, outcomes)
        .join(files, col("source_uri").equalTo(col("offered_uri")), "left_semi");
  }

  private void settle(Source source, Dataset<Row> outcomes, Dataset<Row> ingested, long dead) {
    LakeTable letters = tables.table(Tables.DEAD_LETTERS);
    if (dead > 0 || letters.exists()) {
      new DeadLetterChanges(letters)
          .apply(
              IngestStage.deadLetters(outcomes),
              ingested,
              source.manifest(),
              CommitNote.of(plan.run(), NAME));
    }
  }

  private static Dataset<Row> vanished(
      String source, Dataset<Row> existing, Dataset<Row> outcomes) {
    Dataset<Row> offered =
        outcomes.selectExpr("coalesce(asset.key, dead_letter.key, unread.key) AS offered");
    return active(source, existing).join(offered, col("key").equalTo(col("offered")), "left_anti");
  }

  private static Dataset<Row> active(String source, Dataset<Row> existing) {
    return existing.where(col("source").equalTo(source).and(col("state").equalTo("active")));
  }
}
