// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.SparkWork;
import dev.lakehouse.udfs.SparkColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestNotedValues {
  private static final CommitNote NOTE = CommitNote.of("run", "test");

  @TempDir Path root;

  @Test
  void whatAFileHoldsOneOfIsKnownWithoutAJob() throws Exception {
    LakeTable decisions = Decisions.at(root);
    decisions.insert(Decisions.rows("approve", "1", "2"), NOTE);
    decisions.insert(Decisions.rows("reject", "3"), NOTE);
    long apart = decisions.version();
    decisions.insert(
        Decisions.rows("approve", "4").union(Decisions.rows("reject", "5")).coalesce(1), NOTE);

    SparkWork work =
        SparkWork.of(
            () -> {
              NotedValues noted = decisions.notedAt(apart);
              assertThat(noted.areOneEach("decision", each -> !each.isEmpty())).isTrue();
              assertThat(noted.areOneEach("decision", "approve"::equals)).isFalse();
              assertThat(noted.exclude("decision", "audio", "wait")).isTrue();
              assertThat(noted.exclude("decision", "audio", "reject")).isFalse();
              assertThat(noted.areNull("decision")).isFalse();
            });

    assertThat(work.jobs()).isZero();
    NotedValues mixed = decisions.notedAt(decisions.version());
    assertThat(mixed.areOneEach("decision", each -> true)).isFalse();
    assertThat(mixed.exclude("decision", "audio")).as("between the two").isFalse();
    assertThat(mixed.exclude("decision", "wait")).isTrue();
  }

  @Test
  void whereNothingIsNotedNothingIsKnown() throws IOException {
    LakeTable decisions = Decisions.at(root);
    assertThat(decisions.notedAt(LakeTable.ABSENT).areNull("decision")).as("no rows").isTrue();
    decisions.insert(Decisions.rows("approve", "1"), NOTE);
    try (var log = Files.list(root.resolve("decisions/_delta_log"))) {
      for (Path file : log.filter(each -> each.toString().endsWith(".crc")).toList()) {
        Files.delete(file);
      }
    }
    org.apache.spark.sql.delta.DeltaLog.clearCache();

    NotedValues noted = Decisions.at(root).notedAt(1);

    assertThat(noted.exclude("decision", "zebra")).isFalse();
    assertThat(noted.areOneEach("decision", each -> true)).isFalse();
    assertThat(noted.areNull("decision")).isFalse();
  }

  @Test
  void aColumnOfNullsIsToldFromOneWithAText() {
    LakeTables tables =
        new LakeTables(SparkTest.session(), table -> root.resolve(table.name()).toString());
    LakeTable derived = tables.table(Tables.DERIVED);

    derived.insert(derived("a", false).union(derived("b", false)), NOTE);
    assertThat(derived.notedAt(derived.version()).areNull("text")).isTrue();
    derived.insert(derived("c", true), NOTE);
    assertThat(derived.notedAt(derived.version()).areNull("text")).isFalse();
    assertThat(derived.notedAt(derived.version() - 1).areNull("text")).isTrue();
  }

  private static Dataset<Row> derived(String content, boolean hasText) {
    Values row =
        Values.of(Tables.DERIVED)
            .set("sha256", content)
            .set("deriver", "test@1")
            .set("segment", "whole")
            .set("position", 0)
            .set("attempts", 1)
            .set("run", "run");
    if (hasText) {
      row.set("text", "a passage");
    }
    return SparkTest.session()
        .createDataFrame(List.of(SparkColumns.row(row)), SparkColumns.schema(Tables.DERIVED));
  }
}
