// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.SparkWork;
import dev.lakehouse.udfs.SparkColumns;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each merge is done twice: into a small table, and into one that is left to Delta. */
class TestSmallMerge {
  private static final CommitNote NOTE = CommitNote.of("run", "test");

  @TempDir Path root;

  private LakeTables tables(String name) {
    Path lake = root.resolve(name);
    return new LakeTables(SparkTest.session(), table -> lake.resolve(table.name()).toString());
  }

  private LakeTable small(Table table) {
    LakeTables tables = tables("small");
    tables.fitQueries(0);
    return tables.table(table);
  }

  private LakeTable large(Table table) {
    LakeTables tables = tables("large");
    tables.fitQueries(1_000_000);
    return tables.table(table);
  }

  /** Outcome rows, each of its content; the text says which attempt it is of. */
  private static Dataset<Row> outcomes(String text, String... contents) {
    return rows(text, row -> {}, contents);
  }

  private static Dataset<Row> failed(String text, String... contents) {
    return rows(text, row -> row.set("error_code", "BROKEN"), contents);
  }

  private static Dataset<Row> rows(String text, Consumer<Values> more, String... contents) {
    List<Row> rows =
        Stream.of(contents)
            .map(
                content -> {
                  Values row =
                      Values.of(Tables.DERIVED)
                          .set("sha256", content)
                          .set("deriver", "test@1")
                          .set("segment", "whole")
                          .set("position", 0)
                          .set("text", text)
                          .set("attempts", 1)
                          .set("run", text);
                  more.accept(row);
                  return SparkColumns.row(row);
                })
            .toList();
    return SparkTest.session().createDataFrame(rows, SparkColumns.schema(Tables.DERIVED));
  }

  private static Dataset<Row> leaving(Dataset<Row> rows, boolean leaves) {
    return rows.withColumn(LakeTable.LEAVES, lit(leaves));
  }

  private void same(Table table, Consumer<LakeTable> work) {
    LakeTable small = small(table);
    LakeTable large = large(table);
    work.accept(small);
    work.accept(large);
    assertThat(small.version()).isEqualTo(large.version());
    assertThat(sorted(small.rows())).isEqualTo(sorted(large.rows())).isNotEmpty();
    assertThat(small.commitLog().read(small.version()).orElseThrow().note()).contains(NOTE);
    if (table == Tables.DERIVED) {
      long before = small.version() - 1;
      assertThat(sorted(told(small, before))).isEqualTo(sorted(told(large, before)));
    }
    assertThat(small.falselyListedVersions()).isEmpty();
  }

  private static Dataset<Row> told(LakeTable table, long after) {
    return table.changes(after, table.version()).drop("_commit_timestamp");
  }

  private static List<String> sorted(Dataset<Row> rows) {
    String[] columns = Stream.of(rows.columns()).sorted().toArray(String[]::new);
    return rows.selectExpr(columns).collectAsList().stream().map(Row::toString).sorted().toList();
  }

  @Test
  void everyMergeLeavesTheRowsAndTellsTheChangesThatDeltasDoes() {
    same(Tables.DERIVED, table -> table.insert(outcomes("first", "a", "b", "c"), NOTE));
    same(Tables.DERIVED, table -> table.insert(outcomes("second", "c", "d"), NOTE));
    same(Tables.DERIVED, table -> table.upsert(failed("third", "a", "e", "f"), NOTE));
    same(
        Tables.DERIVED,
        table ->
            table.tryAgain(outcomes("fourth", "a", "b", "h").union(failed("fourth", "f")), NOTE));
    same(
        Tables.DERIVED,
        table ->
            table.change(
                leaving(outcomes("sixth", "a", "x"), true)
                    .union(leaving(outcomes("sixth", "b", "i"), false)),
                NOTE));
    same(
        Tables.DERIVED,
        table ->
            table.upsertSince(
                table.version(), outcomes("seventh", "b", "j"), Set.of("text"), NOTE));
    assertThat(small(Tables.DERIVED).rows().where("sha256 = 'b'").select("text", "run").head())
        .hasToString("[sixth,seventh]");
    assertThat(small(Tables.DERIVED).rows().where("sha256 = 'f'").select("attempts").head())
        .hasToString("[2]");
  }

  @Test
  void soDoesOneIntoATableWithoutAChangeFeed() {
    same(Tables.DECISIONS, table -> table.upsert(Decisions.rows("approve", "1", "2"), NOTE));
    same(Tables.DECISIONS, table -> table.upsert(Decisions.rows("reject", "2", "3"), NOTE));
    same(
        Tables.DECISIONS,
        table -> table.change(leaving(Decisions.rows("reject", "1"), true), NOTE));
    same(
        Tables.DECISIONS,
        table -> table.change(leaving(Decisions.rows("approve", "9"), true), NOTE));
  }

  @Test
  void itIsOneJob() throws Exception {
    LakeTable table = small(Tables.DERIVED);
    table.insert(outcomes("first", "a", "b"), NOTE);
    Dataset<Row> rows =
        table
            .spark()
            .createDataFrame(
                outcomes("second", "b", "c").collectAsList(), SparkColumns.schema(Tables.DERIVED));

    assertThat(SparkWork.of(() -> table.upsert(rows, NOTE)).jobs()).isEqualTo(1);
    assertThat(SparkWork.of(() -> table.insert(rows, NOTE)).jobs()).isEqualTo(1);
  }

  @Test
  void whatIsDoneOnceIsNotDoneTwice() {
    LakeTable table = small(Tables.DERIVED);
    table.insert(outcomes("first", "a", "b"), NOTE);
    Dataset<Row> changes =
        leaving(outcomes("second", "b", "c"), false).union(leaving(outcomes("second", "a"), true));
    Map<String, Long> counts = Map.of("added", 1L, "updated", 1L, "removed", 1L);

    table.changeOnce("id", changes, counts, NOTE);
    long version = table.version();
    assertThat(table.commitLog().read(version).orElseThrow().metrics())
        .containsAllEntriesOf(
            Map.of(
                "numTargetRowsInserted", 1L,
                "numTargetRowsUpdated", 1L,
                "numTargetRowsDeleted", 1L));

    table.changeOnce("id", changes, counts, NOTE);
    assertThat(table.version()).isEqualTo(version);
    assertThat(table.rows().select("sha256").sort(col("sha256")).collectAsList().toString())
        .isEqualTo("[[b], [c]]");
  }

  /** A lake that grew is left to Delta: what was done by the one is known to the other. */
  @Test
  void deltaKnowsWhatWasDoneOnce() {
    LakeTables tables = tables("small");
    LakeTable table = tables.table(Tables.DERIVED);
    tables.fitQueries(0);
    Dataset<Row> changes = leaving(outcomes("first", "a"), false);
    table.changeOnce("id", changes, Map.of("added", 1L), NOTE);
    long version = table.version();

    tables.fitQueries(1_000_000);
    table.changeOnce("id", changes, Map.of("added", 1L), NOTE);

    assertThat(table.version()).isEqualTo(version);
  }

  @Test
  void twoRowsOfOneKeyAreRefused() {
    LakeTable table = small(Tables.DERIVED);
    table.insert(outcomes("first", "a"), NOTE);
    long version = table.version();

    assertThatThrownBy(
            () -> table.upsert(outcomes("second", "a").union(outcomes("third", "a")), NOTE))
        .hasStackTraceContaining("Two rows of one key come to ");
    assertThat(table.version()).isEqualTo(version);
    assertThat(table.rows().select("text").head()).hasToString("[first]");
  }

  @Test
  void whatIsCommittedMeanwhileIsAConflict() {
    LakeTable table = small(Tables.DERIVED);
    table.insert(outcomes("first", "a"), NOTE);
    SmallMerge merge = SmallMerge.into(table).orElseThrow();
    table.insert(outcomes("meanwhile", "b"), NOTE);

    assertThatThrownBy(
            () ->
                merge.write(
                    outcomes("second", "a"), Merge.upsert(Tables.DERIVED), Merge.Tally.UNTOLD))
        .isInstanceOf(io.delta.exceptions.DeltaConcurrentModificationException.class);
  }
}
