// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.ReleaseReader;
import dev.lakehouse.jobs.lake.Run;
import dev.lakehouse.jobs.lake.delta.CommitLog;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.udfs.SparkColumns;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The releases of a lake: the single commit point.
 *
 * <p>A release is added only behind the one that it was computed from, and two that were computed
 * from the same cannot both be: the append goes on from the version that was looked at.
 */
public final class ReleaseLog {
  private static final String PUBLISH = "publish";
  private static final String ROLLBACK = "rollback";

  private final SparkSession spark;
  private final LakeTable releases;
  private final LakeLayout layout;

  public ReleaseLog(LakeTables tables, LakeLayout layout) {
    this.spark = tables.spark();
    this.releases = tables.table(Tables.RELEASES);
    this.layout = layout;
  }

  /** Every release, withdrawn ones too, oldest first. */
  public List<Release> all() {
    if (!releases.exists()) {
      return List.of();
    }
    return ReleaseReader.all(layout, spark.sessionState().newHadoopConf());
  }

  /** The release that readers start from. */
  public Optional<Release> current() {
    return current(all());
  }

  /** The one of these that readers start from. */
  public static Optional<Release> current(List<Release> all) {
    return Release.current(all);
  }

  /** The sequence that the next release must have. */
  static long next(List<Release> all) {
    return 1 + all.stream().mapToLong(Release::sequence).max().orElse(0);
  }

  /** The version of the table, for {@link #append} and {@link #announceGivingUp}. */
  public long version() {
    return releases.version();
  }

  /**
   * Adds a release, if nothing happened to the releases since they were looked at: a release that
   * came first, one that was withdrawn, or things given up that this one may name.
   *
   * @param origin what it is made of
   * @param seen version of the table when the release was begun
   * @throws LakehouseException COMMIT_CONFLICT if something did
   */
  void append(Release release, ReleaseOrigin origin, long seen) {
    CommitNote note =
        origin.mark(
            CommitNote.of(release.run(), PUBLISH).mark("release", release.id()),
            release.sequence());
    Dataset<Row> row =
        spark.createDataFrame(
            List.of(SparkColumns.row(release.toValues())), SparkColumns.schema(Tables.RELEASES));
    releases.appendSince(seen, row, note);
  }

  /** What a release is made of; empty where it was made before releases told that. */
  public Optional<ReleaseOrigin> origin(Release release) {
    CommitLog log = releases.commitLog();
    for (long version = releases.version(); version >= 0; version--) {
      Optional<CommitNote> note =
          log.read(version)
              .flatMap(CommitLog.Commit::note)
              .filter(each -> each.stage().equals(PUBLISH))
              .filter(each -> ReleaseOrigin.isOf(each, release.sequence()));
      if (note.isPresent()) {
        return note.flatMap(ReleaseOrigin::of);
      }
    }
    return Optional.empty();
  }

  /** Whether the log still has every commit, so that what it does not tell was never said. */
  public boolean remembersAll() {
    CommitLog log = releases.commitLog();
    return LongStream.rangeClosed(0, releases.version())
        .allMatch(version -> log.read(version).isPresent());
  }

  /**
   * Says, before it is done, that what no release names is given up. A release that was begun
   * before can no longer be added, so none can name what is about to go.
   *
   * @param seen version of the table when it was found that no release names it
   * @return whether nothing happened in between
   */
  public boolean announceGivingUp(Run run, long seen) {
    releases.mark("lakehouse.gc", run.id(), CommitNote.of(run.id(), "gc"));
    return releases.version() == seen + 1;
  }

  /**
   * The releases whose versions are kept.
   *
   * @param withdrawnBefore a release that was withdrawn before this is not
   */
  public List<Release> kept(Optional<Instant> withdrawnBefore) {
    Set<String> givenUp = withdrawnBefore.map(this::withdrawn).orElse(Set.of());
    return all().stream()
        .filter(release -> release.isReleased() || !givenUp.contains(release.id()))
        .toList();
  }

  private Set<String> withdrawn(Instant before) {
    Set<String> ids = new HashSet<>();
    CommitLog log = releases.commitLog();
    for (long version = releases.version(); version >= 0; version--) {
      log.read(version)
          .filter(commit -> commit.time().isBefore(before))
          .flatMap(CommitLog.Commit::note)
          .filter(note -> note.stage().equals(ROLLBACK))
          .flatMap(note -> note.find("release"))
          .ifPresent(ids::add);
    }
    return ids;
  }

  /**
   * Withdraws the current release, so that readers start from the one before.
   *
   * @return the release that was withdrawn
   * @throws LakehouseException NOTHING_FIT if there is none
   */
  public Release withdraw(Run run) {
    Release current =
        current()
            .orElseThrow(
                () ->
                    LakehouseException.of(
                        ErrorCode.NOTHING_FIT,
                        "Nothing to roll back in %s: expected a release but found none. 'lakehouse"
                            + " release list' shows all",
                        layout.root()));
    CommitNote note = CommitNote.of(run.id(), ROLLBACK).mark("release", current.id());
    Dataset<Row> row =
        releases.rows().where(col("sequence").equalTo(current.sequence())).select("sequence");
    releases.merge(
        row,
        note,
        merge ->
            merge
                .whenMatched("t.state = 'released'")
                .updateExpr(Map.of("state", "'" + Release.WITHDRAWN + "'")));
    return current;
  }
}
