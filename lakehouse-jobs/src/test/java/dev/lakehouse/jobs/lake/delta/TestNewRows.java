// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.jobs.SparkTest;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
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
    decisions = Decisions.at(root);
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

  @Test
  void whatSomebodyAppendedWithoutLookingIsNotAddedTwice() {
    NewRows mine = new NewRows(decisions, LakeTable.ABSENT);
    mine.add(decided("a"), MINE);
    decided("b", "c").write().format("delta").mode("append").save(decisions.uri());

    mine.add(decided("b"), MINE);
    mine.add(decided("c", "d"), MINE);

    assertThat(keys()).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  /** As they are when the other commits while rows are being written. */
  @Test
  void rowsAreNotAppendedBehindOnesThatSomebodyAppendedWithoutLooking() {
    decisions.insert(decided("a"), OTHER);
    long read = decisions.version();
    decided("b").write().format("delta").mode("append").save(decisions.uri());

    assertThatThrownBy(() -> decisions.appendSince(read, decided("b"), MINE))
        .isInstanceOfSatisfying(
            LakehouseException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.COMMIT_CONFLICT));
    assertThat(keys()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void rowsOfManyTasksFillOneFile() {
    Dataset<Row> rows =
        decided("a", "b", "c", "d").repartition(4).persist(StorageLevel.MEMORY_AND_DISK());
    assertThat(rows.count()).isEqualTo(4);

    new NewRows(decisions, LakeTable.ABSENT).add(rows, MINE);

    assertThat(decisions.rows().inputFiles()).hasSize(1);
    assertThat(keys()).containsExactlyInAnyOrder("a", "b", "c", "d");
    rows.unpersist();
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
    return Decisions.rows("approve", ids);
  }
}
