// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.udfs.SparkColumns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestLakeTable {
  @TempDir Path root;
  LakeTables tables;
  LakeTable decisions;

  @BeforeEach
  void open() {
    tables = new LakeTables(SparkTest.session(), table -> root.resolve(table.name()).toString());
    decisions = tables.table(Tables.DECISIONS);
  }

  private static Dataset<Row> decided(String id, String decision) {
    return Decisions.rows(decision, id);
  }

  @Test
  void anAbsentTableReadsAsEmpty() {
    assertThat(decisions.version()).isEqualTo(LakeTable.ABSENT);
    assertThat(decisions.rows().count()).isZero();
  }

  @Test
  void aTableFromBeforeReadsAndGainsTheColumnsThatItLacks() {
    LakeTable measurements = tables.table(Kinds.MEASUREMENTS);
    Dataset<Row> before = measured("a", row -> {}).drop("softness", "transparency");
    before.write().format("delta").save(measurements.uri());

    assertThat(measurements.rows().where("softness IS NULL AND transparency IS NULL").count())
        .isEqualTo(1);
    Dataset<Row> now = measured("b", row -> row.set("transparency", 0.5));
    measurements.insert(now, CommitNote.of("run", "measure"));

    assertThat(measurements.rows().where("transparency = 0.5").count()).isEqualTo(1);
    assertThat(measurements.rows().count()).isEqualTo(2);
    assertThat(measurements.rowsAt(0).where("transparency IS NULL").count()).isEqualTo(1);
    assertThat(measurements.history().lastNote("extend").orElseThrow().run()).isEqualTo("run");
    assertThat(measurements.version()).isEqualTo(2);
  }

  private Dataset<Row> measured(String content, Consumer<Values> figures) {
    Values row =
        Values.of(Kinds.MEASUREMENTS)
            .set("sha256", content)
            .set("probe", "image@1")
            .set("attempts", 1)
            .set("run", "run");
    figures.accept(row);
    return tables
        .spark()
        .createDataFrame(List.of(SparkColumns.row(row)), SparkColumns.schema(Kinds.MEASUREMENTS));
  }

  @Test
  void insertLeavesKnownKeysAlone() {
    decisions.insert(decided("1", "approve"), CommitNote.of("run", "review"));
    decisions.insert(decided("1", "reject"), CommitNote.of("run", "review"));

    assertThat(
            decisions
                .rows()
                .select("decision")
                .as(org.apache.spark.sql.Encoders.STRING())
                .collectAsList())
        .containsExactly("approve");
  }

  @Test
  void aStageFindsWhatItSaidLast() {
    decisions.insert(
        decided("1", "approve"), CommitNote.of("r1", "review").from(Map.of("assets", 3L)));
    decisions.insert(decided("2", "approve"), CommitNote.of("r2", "other"));

    CommitNote note = decisions.history().lastComplete("review").orElseThrow();
    assertThat(note.run()).isEqualTo("r1");
    assertThat(note.inputs()).containsEntry("assets", 3L);
    assertThat(
            SparkTest.session().conf().contains("spark.databricks.delta.commitInfo.userMetadata"))
        .isFalse();
  }

  @Test
  void numbersOfAVectorAreWrittenPlain() throws IOException {
    LakeTable embeddings = tables.table(Tables.EMBEDDINGS);
    embeddings.insert(
        embedded("a").union(embedded("b")).coalesce(1), CommitNote.of("run", "embed"));

    assertThat(encodings(embeddings, "vector.list.element"))
        .contains(Encoding.PLAIN)
        .doesNotContain(Encoding.RLE_DICTIONARY, Encoding.PLAIN_DICTIONARY);
    assertThat(encodings(embeddings, "encoder"))
        .containsAnyOf(Encoding.RLE_DICTIONARY, Encoding.PLAIN_DICTIONARY);
  }

  /** Equal numbers, which a dictionary would make smaller. */
  private Dataset<Row> embedded(String input) {
    float[] vector = new float[64];
    Arrays.fill(vector, 0.125f);
    Row row =
        SparkColumns.row(
            Values.of(Tables.EMBEDDINGS)
                .set("input_sha256", input)
                .set("segment", "whole")
                .set("encoder", "1".repeat(64))
                .set("family", "text")
                .set("tower", "text")
                .set("dim", vector.length)
                .set("attempts", 1)
                .set("run", "run")
                .set("vector", vector));
    return tables.spark().createDataFrame(List.of(row), SparkColumns.schema(Tables.EMBEDDINGS));
  }

  private static Set<Encoding> encodings(LakeTable table, String column) throws IOException {
    String file = table.rows().inputFiles()[0];
    var input = HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file), table.hadoop());
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      return reader.getFooter().getBlocks().get(0).getColumns().stream()
          .filter(chunk -> chunk.getPath().toDotString().equals(column))
          .flatMap(chunk -> chunk.getEncodings().stream())
          .collect(Collectors.toSet());
    }
  }

  @Test
  void theCatalogRefusesARowThatDidNotPass() {
    LakeTable catalog = tables.catalog();
    catalog.create(CommitNote.of("run", "publish"));

    assertThat(CatalogConstraints.require(catalog))
        .isEqualTo(CatalogConstraints.expectedDigest(List.of("text", "clip")));
    assertThatThrownBy(
            () ->
                tables
                    .spark()
                    .sql(
                        "INSERT INTO delta.`%s` (asset_id, verdict_status) VALUES ('a', 'fail')"
                            .formatted(catalog.uri())))
        .isInstanceOf(Exception.class);
  }
}
