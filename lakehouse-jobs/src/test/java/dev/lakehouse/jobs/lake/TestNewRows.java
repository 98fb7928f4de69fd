// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.udfs.SparkColumns;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestNewRows {
  private static final CommitNote MINE = CommitNote.of("mine", "review");
  private static final CommitNote OTHER = CommitNote.of("other", "review");

  @TempDir Path root;
  LakeTable decisions;

  @BeforeEach
  void open() {
    decisions =
        new LakeTables(SparkTest.session(), table -> root.resolve(table.name()).toString())
            .table(Tables.DECISIONS);
  }

  @Test
  void rowsAreAppendedWhileNobodyElseCommits() {
    decisions.insert(decided("first"), OTHER);
    NewRows mine = new NewRows(decisions, decisions.version());

    mine.add(decided("a", "b"), MINE);
    mine.add(decided("c"), MINE);

    assertThat(keys()).containsExactlyInAnyOrder("first", "a", "b", "c");
    assertThat(operations()).startsWith("WRITE", "WRITE", "MERGE");
  }

  @Test
  void theFirstRowsMakeTheTable() {
    NewRows mine = new NewRows(decisions, LakeTable.ABSENT);

    mine.add(decided("a"), MINE);
    mine.add(decided("b"), MINE);

    assertThat(keys()).containsExactlyInAnyOrder("a", "b");
    assertThat(operations()).startsWith("WRITE", "WRITE");
  }

  @Test
  void whatAnotherAddedBeforeTheFirstIsNotAddedTwice() {
    NewRows mine = new NewRows(decisions, LakeTable.ABSENT);
    decisions.insert(decided("a", "b"), OTHER);

    mine.add(decided("a"), MINE);
    mine.add(decided("b", "c"), MINE);

    assertThat(keys()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void whatAnotherAddedInBetweenIsNotAddedTwice() {
    NewRows mine = new NewRows(decisions, LakeTable.ABSENT);
    mine.add(decided("a"), MINE);
    decisions.insert(decided("b", "c"), OTHER);

    mine.add(decided("b"), MINE);
    mine.add(decided("c", "d"), MINE);

    assertThat(keys()).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  /** Such a commit is no conflict to Delta, and says something of later rows all the same. */
  @Test
  void rowsThatSomebodyAppendedWithoutLookingAreSeen() {
    NewRows mine = new NewRows(decisions, LakeTable.ABSENT);
    mine.add(decided("a"), MINE);
    decided("c").write().format("delta").mode("append").save(decisions.uri());

    mine.add(decided("b"), MINE);
    mine.add(decided("c", "d"), MINE);

    assertThat(keys()).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  private List<String> keys() {
    return decisions.rows().select("decision_id").as(Encoders.STRING()).collectAsList();
  }

  /** Newest first. */
  private List<String> operations() {
    return SparkTest.session()
        .sql("DESCRIBE HISTORY delta.`%s`".formatted(decisions.uri()))
        .select("operation")
        .as(Encoders.STRING())
        .collectAsList();
  }

  private static Dataset<Row> decided(String... ids) {
    List<Row> rows =
        Stream.of(ids)
            .map(
                id ->
                    SparkColumns.row(
                        Values.of(Tables.DECISIONS)
                            .set("asset_id", "a")
                            .set("decision", "approve")
                            .set("reason", "because")
                            .set("reviewer", "somebody")
                            .set("decided_at", Timestamp.from(Instant.EPOCH))
                            .set("decision_id", id)))
            .toList();
    return SparkTest.session().createDataFrame(rows, SparkColumns.schema(Tables.DECISIONS));
  }
}
