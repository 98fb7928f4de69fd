// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Tables;
import dev.lakehouse.jobs.SparkTest;
import io.delta.exceptions.ConcurrentAppendException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestCommits {
  @TempDir static Path root;
  static LakeTables tables;
  static LakeTable decisions;
  static Commits commits;

  @BeforeAll
  static void anEmptyTable() {
    tables = new LakeTables(SparkTest.session(), table -> root.resolve(table.name()).toString());
    decisions = tables.table(Tables.DECISIONS);
    decisions.create(CommitNote.of("r", "review"));
    commits = new Commits(tables.spark());
  }

  private static void append() {
    Dataset<Row> none = decisions.rowsAt(LakeTable.ABSENT);
    none.write().format("delta").mode("append").save(decisions.uri());
  }

  private static void assertRefused(ErrorCode code, Runnable write) {
    CommitNote note = CommitNote.of("r", "review");
    long version = decisions.version();
    assertThatThrownBy(() -> commits.commit(decisions, note, write))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThat(decisions.version()).isEqualTo(version);
  }

  @Test
  void aLostAcknowledgementIsNoFailure() {
    CommitNote note = CommitNote.of("r", "review");

    commits.commit(
        decisions,
        note,
        () -> {
          append();
          throw new UncheckedIOException(new IOException("Injected: connection reset"));
        });

    assertThat(decisions.history().lastNote("review")).contains(note);
  }

  @Test
  void anotherWriterFirstIsAConflict() {
    assertRefused(
        ErrorCode.COMMIT_CONFLICT,
        () -> {
          throw new ConcurrentAppendException("Injected");
        });
  }

  @Test
  void storageThatFailsIsTransient() {
    assertRefused(
        ErrorCode.TRANSIENT,
        () -> {
          throw new IllegalStateException(new IOException("Injected: no route to host"));
        });
  }

  @Test
  void theCallersSessionHasNoNoteOfOurs() {
    commits.commit(decisions, CommitNote.of("r", "review"), TestCommits::append);

    assertThat(
            SparkTest.session().conf().contains("spark.databricks.delta.commitInfo.userMetadata"))
        .isFalse();
  }
}
