// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.lake.DeltaAppend;
import dev.lakehouse.core.lake.DeltaTable;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.udfs.SparkColumns;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is added without Spark, as Spark's commands read it and write beside it. */
class TestDeltaAppend {
  @TempDir Path folder;

  private LakeLayout layout;
  private DeltaAppend append;
  private LakeTable bySpark;

  @BeforeEach
  void layOut() {
    layout = LakeLayout.of(folder.resolve("lake").toString(), Settings.defaults());
    append = new DeltaAppend(layout, Tables.DECISIONS, new Configuration());
    bySpark = new LakeTables(SparkTest.session(), layout::table).table(Tables.DECISIONS);
  }

  private static Values row(String id) {
    return Values.of(Tables.DECISIONS)
        .set("asset_id", "asset of " + id)
        .set("decision", "approve")
        .set("reason", "")
        .set("reviewer", "Ada \u4e2d")
        .set("decided_at", Timestamp.valueOf("2026-01-02 03:04:05.678901"))
        .set("decision_id", id);
  }

  private static Dataset<Row> rows(String... ids) {
    return SparkTest.session()
        .createDataFrame(
            Stream.of(ids).map(id -> SparkColumns.row(row(id))).toList(),
            SparkColumns.schema(Tables.DECISIONS));
  }

  private static CommitNote note() {
    return CommitNote.of("run", "review");
  }

  @Test
  void aTableIsMadeAsSparkMakesIt() {
    assertThat(append.add(List.of(row("a"), row("b")), "run", "review")).isEqualTo(1);
    LakeTable other =
        new LakeTables(SparkTest.session(), table -> folder.resolve(table.name()).toString())
            .table(Tables.DECISIONS);
    other.create(note());

    assertThat(declared(bySpark)).isEqualTo(declared(other));
    assertThat(bySpark.rows().schema()).isEqualTo(other.rows().schema());
    assertThat(bySpark.rows().orderBy("decision_id").collectAsList())
        .isEqualTo(rows("a", "b").collectAsList());
    assertThat(bySpark.history().lastNote("review").orElseThrow().run()).isEqualTo("run");
    assertThat(bySpark.history().lastNote("create")).isPresent();
    assertThat(bySpark.history().foreignVersions()).isEmpty();
  }

  private static List<String> declared(LakeTable table) {
    Row row =
        SparkTest.session()
            .sql("DESCRIBE DETAIL delta.`%s`".formatted(table.uri()))
            .selectExpr("properties", "minReaderVersion", "minWriterVersion", "tableFeatures")
            .first();
    return IntStream.range(0, row.length()).mapToObj(i -> String.valueOf(row.get(i))).toList();
  }

  @Test
  void whoeverEndedBeforeTheFirstCommitIsNotInTheWay() throws IOException {
    Files.createDirectories(
        Path.of(URI.create(layout.table(Tables.DECISIONS))).resolve("_delta_log"));

    assertThat(append.add(List.of(row("a")), "run", "review")).isEqualTo(1);
    assertThat(bySpark.rows().count()).isEqualTo(1);
  }

  @Test
  void itGoesBehindWhatSparkMade() {
    bySpark.insert(rows("a"), note());
    append.add(List.of(row("b")), "run", "review");
    bySpark.insert(rows("a", "b", "c"), note());

    assertThat(bySpark.rows().orderBy("decision_id").collectAsList())
        .isEqualTo(rows("a", "b", "c").collectAsList());
    assertThat(bySpark.history().foreignVersions()).isEmpty();
    assertThat(bySpark.falselyListedVersions()).isEmpty();
  }

  @Test
  void ofManyCommitsReadersNeedNotReadAll() throws IOException {
    for (int i = 0; i < 25; i++) {
      append.add(List.of(row("id-" + i)), "run", "review");
    }
    Path log = Path.of(URI.create(layout.table(Tables.DECISIONS))).resolve("_delta_log");

    try (Stream<Path> files = Files.list(log)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains(
              "00000000000000000020.checkpoint.parquet",
              "_last_checkpoint",
              "00000000000000000001.json");
    }
    assertThat(bySpark.rows().count()).isEqualTo(25);
    bySpark.insert(rows("more"), note());
    assertThat(append.add(List.of(row("last")), "run", "review")).isEqualTo(27);
    assertThat(DeltaTable.of(layout, Tables.DECISIONS, new Configuration()).rows().orElseThrow())
        .hasSize(27);
  }

  @Test
  void whoeverWritesAtOnceNothingIsLost() {
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (String writer : List.of("x", "y")) {
      writers.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 12; i++) {
                  append.add(List.of(row(writer + i)), "run", "review");
                }
              }));
    }
    for (int i = 0; i < 4; i++) {
      insert("spark" + i);
    }
    writers.forEach(CompletableFuture::join);

    List<String> ids =
        bySpark.rows().select("decision_id").collectAsList().stream()
            .map(row -> row.getString(0))
            .toList();
    assertThat(ids).hasSize(28).doesNotHaveDuplicates();
    assertThat(ids.stream().map(id -> id.replaceAll("\\d", "")).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("x", "y", "spark");
    assertThat(bySpark.version()).isEqualTo(28);
    assertThat(bySpark.history().foreignVersions()).isEmpty();
  }

  /** A command that lost against others again and again is repeated. */
  private void insert(String id) {
    while (true) {
      try {
        bySpark.insert(rows(id), note());
        return;
      } catch (LakehouseException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.COMMIT_CONFLICT);
      }
    }
  }

  @Test
  void whatAsksMoreOfAWriterIsLeftAlone() {
    bySpark.insert(rows("a"), note());
    SparkTest.session()
        .sql(
            "ALTER TABLE delta.`%s` SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')"
                .formatted(bySpark.uri()));
    long before = bySpark.version();

    assertThatThrownBy(() -> append.add(List.of(row("b")), "run", "review"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("deletionVectors");
    assertThat(bySpark.version()).isEqualTo(before);
    assertThat(bySpark.rows().count()).isEqualTo(1);
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("lake"));
    Files.writeString(folder.resolve("lake/tables"), "a file");

    assertThatThrownBy(() -> append.add(List.of(row("b")), "run", "review"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageStartingWith("Cannot write")
        .hasMessageContaining("decisions");
  }
}
