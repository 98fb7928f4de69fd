// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionChecksum;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.files.TahoeBatchFileIndex;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The files of a version of a table, as Delta lists them beside the commit while they are few.
 *
 * <p>Else Delta replays the log: three Spark jobs for each version that is read, which on small
 * tables cost more than the rows do.
 *
 * <p>Where queries are fitted to few rows, one task reads all of a small table, and Spark knows it:
 * what is asked of it, joins of such tables too, is one stage, without a shuffle.
 */
final class ListedFiles extends TahoeBatchFileIndex {
  /** What one task reads in the time that it takes to start another. */
  private static final long BYTES_OF_A_TASK = 4 << 20;

  private final Seq<AddFile> files;

  private ListedFiles(SparkSession spark, Snapshot snapshot, Seq<AddFile> files) {
    super(
        spark,
        "batch",
        files,
        snapshot.deltaLog(),
        snapshot.deltaLog().dataPath(),
        snapshot,
        false);
    this.files = files;
  }

  /** The rows of a version; empty where Delta did not list its files, or only it can read them. */
  static Optional<Dataset<Row>> rows(SparkSession spark, DeltaLog log, long version) {
    return spark.withActive(
        () -> of(spark, log.getSnapshotAt(version, Option.empty(), Option.empty())));
  }

  /**
   * Versions whose list is not what the commits add up to; as far as the log reaches back to the
   * first.
   */
  static List<Long> falseVersions(DeltaLog table, CommitLog commits, long newest) {
    List<Long> wrong = new ArrayList<>();
    Set<String> files = new HashSet<>();
    for (long version = 0; version <= newest; version++) {
      Optional<CommitLog.Commit> commit = commits.read(version);
      if (commit.isEmpty()) {
        break;
      }
      commit.get().removed().forEach(files::remove);
      files.addAll(commit.get().added());
      Optional<Set<String>> listed = of(table, version, commits::file);
      if (listed.filter(each -> !each.equals(files)).isPresent()) {
        wrong.add(version);
      }
    }
    return wrong;
  }

  private static Optional<Set<String>> of(DeltaLog log, long version, UnaryOperator<String> named) {
    Option<Seq<AddFile>> listed =
        log.readChecksum(version, Option.empty()).flatMap(VersionChecksum::allFiles);
    return listed.isEmpty()
        ? Optional.empty()
        : Optional.of(
            JavaConverters.seqAsJavaList(listed.get()).stream()
                .map(file -> named.apply(file.path()))
                .collect(Collectors.toSet()));
  }

  /** The files of a version, where Delta listed them. */
  static Optional<List<AddFile>> beside(Snapshot snapshot) {
    Option<Seq<AddFile>> listed = snapshot.checksumOpt().flatMap(VersionChecksum::allFiles);
    return listed.isEmpty()
        ? Optional.empty()
        : Optional.of(JavaConverters.seqAsJavaList(listed.get()));
  }

  /** The files of a version that one task reads whole, where Delta listed them. */
  static Optional<List<AddFile>> ofOneTask(Snapshot snapshot) {
    return beside(snapshot)
        .filter(files -> areWholeFiles(snapshot, files) && bytes(files) <= BYTES_OF_A_TASK);
  }

  private static Optional<Dataset<Row>> of(SparkSession spark, Snapshot snapshot) {
    Option<Seq<AddFile>> listed = snapshot.checksumOpt().flatMap(VersionChecksum::allFiles);
    if (listed.isEmpty() || !areWholeFiles(snapshot, JavaConverters.seqAsJavaList(listed.get()))) {
      return Optional.empty();
    }
    ListedFiles files = new ListedFiles(spark, snapshot, listed.get());
    Dataset<Row> rows =
        spark.baseRelationToDataFrame(
            snapshot
                .deltaLog()
                .buildHadoopFsRelationWithFileIndex(snapshot, files, Option.empty(), true));
    boolean isOneTask =
        QueryMode.isForFew(spark)
            && bytes(JavaConverters.seqAsJavaList(listed.get())) <= BYTES_OF_A_TASK;
    return Optional.of(isOneTask ? rows.coalesce(1) : rows);
  }

  private static long bytes(List<AddFile> files) {
    return files.stream().mapToLong(AddFile::size).sum();
  }

  /** Whether each file is read from its first row to its last, with no column beside its own. */
  private static boolean areWholeFiles(Snapshot snapshot, List<AddFile> files) {
    return snapshot.metadata().partitionColumns().isEmpty()
        && files.stream().allMatch(file -> file.deletionVector() == null);
  }

  @Override
  public Seq<AddFile> matchingFiles(Seq<Expression> partitions, Seq<Expression> data) {
    return files;
  }

  /** The same files are the same relation, so that Spark reads them once in a query. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ListedFiles that
        && path().equals(that.path())
        && files.equals(that.files);
  }

  @Override
  public int hashCode() {
    return Objects.hash(path(), files);
  }
}
