// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Table;
import dev.lakehouse.udfs.SparkColumns;
import io.delta.tables.DeltaMergeBuilder;
import io.delta.tables.DeltaTable;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaLog$;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionChecksum;
import scala.Option;
import scala.collection.JavaConverters;

/**
 * One Delta table of a lake.
 *
 * <p>It comes to be with its first row: until then it reads as empty, at version {@link #ABSENT}.
 * Every write carries a {@link CommitNote} and ends in one commit or none.
 */
public final class LakeTable {
  /** The version of a table that has never been written. */
  public static final long ABSENT = -1;

  /** The version that made the table; it has no rows. */
  static final long CREATED = 0;

  /** The column of changes that says whether a row goes. */
  public static final String LEAVES = "leaves";

  private final SparkSession spark;
  private final Commits commits;
  private final Table table;
  private final String uri;

  LakeTable(SparkSession spark, Commits commits, Table table, String uri) {
    this.spark = spark;
    this.commits = commits;
    this.table = table;
    this.uri = new Path(uri).toString(); // Delta compares places as texts, in this form
  }

  public SparkSession spark() {
    return spark;
  }

  /** Its columns and key. */
  public Table table() {
    return table;
  }

  /** The same table, declared with other columns. */
  LakeTable as(Table other) {
    return new LakeTable(spark, commits, other, uri);
  }

  /** Names of the columns that it has now. */
  List<String> columnNames() {
    return List.of(snapshot().schema().fieldNames());
  }

  /** Where it is. */
  public String uri() {
    return uri;
  }

  /** The newest version, or {@link #ABSENT}. */
  public long version() {
    return snapshot().version();
  }

  /** Whether anything was ever written. */
  public boolean exists() {
    return version() != ABSENT;
  }

  /** The bytes of its rows; empty where nobody noted them. */
  OptionalLong bytes() {
    Snapshot now = snapshot();
    if (now.version() == ABSENT) {
      return OptionalLong.of(0);
    }
    Option<VersionChecksum> noted = now.checksumOpt();
    return noted.isEmpty() ? OptionalLong.empty() : OptionalLong.of(noted.get().tableSizeBytes());
  }

  Snapshot snapshot() {
    return log().update(false, Option.empty(), Option.empty());
  }

  DeltaLog log() {
    return DeltaLog$.MODULE$.forTable(spark, uri);
  }

  /** Its rows as they are now. */
  public Dataset<Row> rows() {
    return rowsAt(version());
  }

  /** Its rows as they were at a version. */
  public Dataset<Row> rowsAt(long version) {
    if (version == ABSENT) {
      return spark.createDataFrame(List.of(), SparkColumns.schema(table));
    }
    return LackingColumns.filled(table, stored(version));
  }

  private Dataset<Row> stored(long version) {
    return ListedFiles.rows(spark, log(), version)
        .orElseGet(() -> spark.read().format("delta").option("versionAsOf", version).load(uri));
  }

  /** What is noted beside the files of a version. */
  public NotedValues notedAt(long version) {
    return version == ABSENT
        ? NotedValues.ofNoRows()
        : NotedValues.of(
            spark.withActive(() -> log().getSnapshotAt(version, Option.empty(), Option.empty())));
  }

  /** The columns that it had at a version, without those that were declared later. */
  public List<String> columnNamesAt(long version) {
    return List.of(stored(version).columns());
  }

  /** The rows that were inserted or updated after one version and up to another. */
  public Dataset<Row> changed(long after, long upTo) {
    if (after >= upTo) {
      return rowsAt(ABSENT);
    }
    return changes(after, upTo)
        .where(col("_change_type").isin("insert", "update_postimage"))
        .select(columns());
  }

  /** What happened after one version and up to another, with Delta's {@code _change_type}. */
  public Dataset<Row> changes(long after, long upTo) {
    return spark
        .read()
        .format("delta")
        .option("readChangeFeed", "true")
        .option("startingVersion", after + 1)
        .option("endingVersion", upTo)
        .load(uri);
  }

  private Column[] columns() {
    return table.names().stream().map(name -> col(name)).toArray(Column[]::new);
  }

  /**
   * Versions whose files Delta lists beside the commit otherwise than the log adds them up; as far
   * as the log reaches back to the first.
   */
  public List<Long> falselyListedVersions() {
    return ListedFiles.falseVersions(log(), commitLog(), version());
  }

  /** What was committed to it up to now. */
  public TableHistory history() {
    return new TableHistory(commitLog(), version());
  }

  public CommitLog commitLog() {
    return new CommitLog(uri, hadoop());
  }

  Configuration hadoop() {
    return spark.sessionState().newHadoopConf();
  }

  /** The properties of the table, constraints included. */
  Map<String, String> properties() {
    return JavaConverters.mapAsJavaMap(snapshot().metadata().configuration());
  }

  /**
   * Adds the rows whose key is not there yet; leaves the others alone. Where another command adds
   * rows meanwhile, only what is still missing is added.
   */
  public void insert(Dataset<Row> rows, CommitNote note) {
    Conflicts.repeat(() -> merge(rows, Merge.insert(), note));
  }

  /** Adds outcomes and replaces failed ones, counting attempts; leaves the others alone. */
  public void tryAgain(Dataset<Row> outcomes, CommitNote note) {
    Merge again =
        Merge.upsert(table)
            .changing(expr("t.error_code IS NOT NULL"))
            .with("attempts", expr("t.attempts + s.attempts"));
    Conflicts.repeat(() -> merge(outcomes, again, note));
  }

  /** Adds rows with a new key and replaces those with a known one. */
  public void upsert(Dataset<Row> rows, CommitNote note) {
    merge(rows, Merge.upsert(table), note);
  }

  /**
   * Does the same with rows that were compared with what is there.
   *
   * @param read version that the rows were compared with
   * @param first columns that keep what they said first
   * @throws LakehouseException COMMIT_CONFLICT if the table is no longer at that version when this
   *     begins; of rows that come meanwhile, the first columns stay and the others are replaced
   */
  public void upsertSince(long read, Dataset<Row> rows, Set<String> first, CommitNote note) {
    create(note);
    if (version() > Math.max(read, CREATED)) {
      throw Commits.conflict(this, null);
    }
    merge(rows, Merge.upsert(table).keeping(first), note);
  }

  /**
   * Writes and deletes rows by key, in one commit.
   *
   * @param changes rows of the table and a boolean column {@link #LEAVES}: whether the row goes
   */
  public void change(Dataset<Row> changes, CommitNote note) {
    merge(changes, Merge.change(table, LEAVES), note);
  }

  /**
   * Does {@link #change} at most once for the same application id.
   *
   * @param counts how many rows, by {@link RowComparison#CHANGE}
   */
  public void changeOnce(
      String applicationId, Dataset<Row> changes, Map<String, Long> counts, CommitNote note) {
    create(note);
    Merge merge = Merge.change(table, LEAVES);
    Merge.Tally tally = Merge.Tally.of(applicationId, counts);
    commits.commitOnce(
        this,
        note,
        applicationId,
        () ->
            SmallMerge.into(this)
                .filter(SmallMerge::knowsWhatWasDone)
                .ifPresentOrElse(
                    small -> small.write(changes, merge, tally),
                    () -> merge.of(mergeOf(changes), table).execute()));
  }

  private void merge(Dataset<Row> rows, Merge merge, CommitNote note) {
    create(note);
    commits.commit(
        this,
        note,
        () ->
            SmallMerge.into(this)
                .ifPresentOrElse(
                    small -> small.write(rows, merge, Merge.Tally.UNTOLD),
                    () -> merge.of(mergeOf(rows), table).execute()));
  }

  /** Merges {@code s} into {@code t} by key, in one commit. */
  public void merge(
      Dataset<Row> rows, CommitNote note, Function<DeltaMergeBuilder, DeltaMergeBuilder> clauses) {
    create(note);
    commits.commit(this, note, () -> clauses.apply(mergeOf(rows)).execute());
  }

  /**
   * Adds rows whose keys are not there, which costs what they cost, however large the table is.
   *
   * @param read version that has none of the keys
   * @throws LakehouseException COMMIT_CONFLICT if somebody has committed anything since
   */
  public void addSince(long read, Dataset<Row> rows, CommitNote note) {
    appendSince(read, NewRows.packed(rows), note);
  }

  /** Adds rows, if nobody has committed anything since a version. */
  public void appendSince(long version, Dataset<Row> rows, CommitNote note) {
    boolean extended = create(note);
    long seen = Math.max(version, CREATED);
    long from = extended ? seen + 1 : seen;
    if (extended && version() != from) {
      throw Commits.conflict(this, null);
    }
    commits.commit(
        this, note, () -> new PinnedTransaction(spark, log(), from).append(rows.select(columns())));
  }

  /** Sets a property. */
  public void mark(String property, String value, CommitNote note) {
    commits.commit(
        this, note, () -> new PinnedTransaction(spark, log(), version()).set(property, value));
  }

  private String sameKey() {
    return table.key().stream()
        .map(part -> "t.%s = s.%s".formatted(part, part))
        .collect(Collectors.joining(" AND "));
  }

  private DeltaMergeBuilder mergeOf(Dataset<Row> rows) {
    return DeltaTable.forPath(spark, uri).as("t").merge(rows.as("s"), sameKey());
  }

  /** Makes these the rows of the table, all of them. */
  public void replace(Dataset<Row> rows, CommitNote note) {
    create(note);
    commits.commit(
        this,
        note,
        () -> new PinnedTransaction(spark, log(), version()).replace(rows.select(columns())));
  }

  /** Makes these all its rows, with the columns and properties that it should have. */
  public void restore(Dataset<Row> rows, CommitNote note) {
    create(note);
    Dataset<Row> ours = rows.select(columns());
    commits.commit(this, note, () -> TableDeclaration.reset(spark, log(), table, ours));
  }

  /** Adds the columns that were declared since the table was made; it has nothing in them. */
  public void extend(CommitNote note) {
    boolean unused = TableDeclaration.extend(this, commits, note);
  }

  /**
   * Makes the table, empty, unless it is there, and sees that it has all columns.
   *
   * @return whether columns were added to a table that was there
   */
  public boolean create(CommitNote note) {
    return TableDeclaration.ensure(this, commits, note);
  }
}
