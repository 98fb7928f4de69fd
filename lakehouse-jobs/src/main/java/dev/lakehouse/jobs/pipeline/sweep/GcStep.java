// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.sweep;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.content.StoredFile;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.LakeSchema;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.copy.CopySweep;
import dev.lakehouse.core.lake.copy.IndexCopies;
import dev.lakehouse.core.lake.index.IndexLeftovers;
import dev.lakehouse.core.lake.index.IndexSweep;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.TableSweep;
import dev.lakehouse.jobs.lake.release.NamedVersions;
import dev.lakehouse.jobs.lake.release.ReleaseLog;
import dev.lakehouse.jobs.pipeline.IngestStep;
import dev.lakehouse.jobs.pipeline.LakeContext;
import dev.lakehouse.jobs.pipeline.sweep.Leftovers.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds what commands that died, and versions that were replaced, left behind; removes it on
 * demand.
 *
 * <p>Everything stays that a release names or that its audit reads, the newest version of every
 * table, and what was made or current since the horizon, behind which no command is still at work.
 */
public final class GcStep {
  private static final int ATTEMPTS = 3;
  private static final List<Table> NAMING_BLOBS =
      List.of(Tables.ASSETS, Tables.DERIVED, Tables.FILTERED, CatalogTable.FIRST);

  private final LakeContext context;
  private final GcOptions options;
  private final Underway underway;
  private final ReleaseLog releases;

  public GcStep(LakeContext context, GcOptions options, Underway underway) {
    this.context = context;
    this.options = options;
    this.underway = underway;
    this.releases = new ReleaseLog(context.tables(), context.layout());
  }

  /**
   * Lists leftovers and, if asked, removes them.
   *
   * @throws LakehouseException COMMIT_CONFLICT if releases are made meanwhile
   */
  public GcResult run() {
    List<Sweep> sweeps = options.mode() == GcOptions.Mode.APPLY ? remove() : find();
    return new GcResult(
        options.mode() == GcOptions.Mode.APPLY,
        underway.since(),
        underway.runs(),
        sweeps.stream().map(Sweep::found).toList());
  }

  private List<Sweep> remove() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long seen = releases.version();
      List<Sweep> sweeps = find();
      if (sweeps.isEmpty()
          || seen == LakeTable.ABSENT
          || releases.announceGivingUp(context.run(), seen)) {
        sweeps.forEach(sweep -> sweep.removal().run());
        return sweeps;
      }
    }
    throw LakehouseException.of(
        ErrorCode.COMMIT_CONFLICT,
        "Cannot clean up %s: releases are made or withdrawn meanwhile. Nothing was removed; repeat"
            + " the command",
        context.layout().root());
  }

  private List<Sweep> find() {
    boolean giveUp = options.withdrawn() == GcOptions.Withdrawn.GIVE_UP;
    List<Release> kept = releases.kept(giveUp ? Optional.of(underway.since()) : Optional.empty());
    NamedVersions named = new NamedVersions(context.tables(), kept);
    List<Sweep> sweeps = new ArrayList<>();
    List<Dataset<Row>> blobs = new ArrayList<>();
    for (Table table : LakeSchema.TABLES) {
      TableSweep sweep = look(context.table(table), named);
      add(sweep, sweeps);
      if (NAMING_BLOBS.contains(table)) {
        blobs.add(sweep.rows().select("blob"));
      }
    }
    sweeps.addAll(indexes(named));
    if (underway.runs().isEmpty()) { // an ingest may count on a blob that nothing names yet
      Dataset<Row> all = blobs.stream().reduce(Dataset::union).orElseThrow();
      sweeps.addAll(new BlobSweep(context.blobs(), all, underway.since()).sweeps());
      sweeps.addAll(copies(named)); // and a publish on what it found stored
    }
    Path listings = new Path(IngestStep.listings(context.tables()));
    sweeps.addAll(new ListingSweep(listings, hadoop(), underway.since()).sweeps());
    return sweeps;
  }

  private TableSweep look(LakeTable table, NamedVersions named) {
    Set<Long> versions = new HashSet<>(named.of(table.table()));
    if (CatalogTable.is(table.table())) {
      // what publish compares a catalog with that somebody else changed
      releases.all().stream()
          .map(Release::catalogVersion)
          .max(Long::compare)
          .ifPresent(versions::add);
    }
    return TableSweep.of(table, versions, changesSince(table.table()), underway.since());
  }

  /** The version from which on the next measure or publish reads what changed. */
  private long changesSince(Table table) {
    if (CatalogTable.is(table)) {
      return releases.current().map(Release::catalogVersion).orElse(LakeTable.ABSENT);
    }
    return table.equals(Tables.ASSETS) || table.equals(Tables.DERIVED)
        ? context
            .table(Kinds.MEASUREMENTS)
            .history()
            .lastComplete("measure")
            .map(CommitNote::inputs)
            .map(inputs -> inputs.get(table.name()))
            .orElse(LakeTable.ABSENT)
        : Long.MAX_VALUE;
  }

  private static void add(TableSweep sweep, List<Sweep> sweeps) {
    List<FileStatus> files = sweep.unneeded();
    if (!files.isEmpty()) {
      Leftovers found =
          new Leftovers(
              Kind.DATA_FILES,
              sweep.table().uri(),
              files.size(),
              files.stream().mapToLong(FileStatus::getLen).sum(),
              files.stream()
                  .map(file -> Instant.ofEpochMilli(file.getModificationTime()))
                  .min(Instant::compareTo));
      sweeps.add(new Sweep(found, sweep::remove));
    }
  }

  /** Before the first release an index is what its publish goes on with. */
  private List<Sweep> indexes(NamedVersions named) {
    List<Sweep> sweeps = new ArrayList<>();
    if (releases.version() == LakeTable.ABSENT) {
      return sweeps;
    }
    for (String path : IndexSweep.paths(context.layout(), hadoop())) {
      IndexSweep index = new IndexSweep(context.layout(), path, hadoop());
      Map<String, Long> tags = named.ofIndex(path);
      IndexLeftovers found = index.find(tags, underway.since());
      if (!found.isEmpty()) {
        sweeps.add(
            new Sweep(
                new Leftovers(
                    Kind.INDEX,
                    context.layout().index() + "/" + path,
                    found.tags().size() + found.versions().size() + found.files().size(),
                    found.bytes(),
                    found.oldest()),
                () -> index.remove(found, tags, underway.since())));
      }
    }
    return sweeps;
  }

  private List<Sweep> copies(NamedVersions named) {
    List<Sweep> sweeps = new ArrayList<>();
    for (String store : CopySweep.stores(context.layout(), hadoop())) {
      CopySweep sweep = new CopySweep(IndexCopies.of(context.layout(), store, hadoop()));
      List<StoredFile> found = sweep.find(named.copies(store), underway.since());
      if (!found.isEmpty()) {
        sweeps.add(
            new Sweep(
                new Leftovers(
                    Kind.INDEX,
                    sweep.place(),
                    found.size(),
                    found.stream().mapToLong(StoredFile::bytes).sum(),
                    found.stream().map(StoredFile::lastPut).min(Instant::compareTo)),
                () -> sweep.remove(found, underway.since())));
      }
    }
    return sweeps;
  }

  private Configuration hadoop() {
    return context.spark().sessionState().newHadoopConf();
  }
}
