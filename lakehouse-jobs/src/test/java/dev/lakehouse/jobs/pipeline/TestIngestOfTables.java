// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.connect.Preview;
import dev.lakehouse.core.connect.manifest.RowMapping;
import dev.lakehouse.core.content.BlobMode;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.intake.IngestPlan;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.content.IngestOptions.Known;
import dev.lakehouse.jobs.content.IngestOptions.Vanished;
import dev.lakehouse.jobs.content.IngestResult;
import dev.lakehouse.jobs.content.TableSource;
import dev.lakehouse.jobs.content.TableSource.Format;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestIngestOfTables {
  @TempDir Path folder;
  private final SparkSession spark = SparkTest.session();

  private TableSource source(Format format, String path, String map) {
    return TableSource.open(
        spark,
        new TableSource.Options(
            format,
            folder.resolve(path).toString(),
            RowMapping.parse(map),
            Optional.empty(),
            Optional.of("rows"),
            Map.of()));
  }

  private IngestResult ingest(String run, TableSource source, Vanished vanished) {
    IngestPlan plan =
        new IngestPlan(
            BlobStores.at(folder.resolve("blobs").toUri().toString(), Map.of()),
            BlobMode.COPY,
            Limits.from(Settings.defaults()),
            Map.of(),
            run,
            Instant.EPOCH);
    return new IngestStep(tables(), plan, Progress.silent()).run(source, vanished, Known.BELIEVED);
  }

  /** Added, updated, unchanged, dead, gone. */
  private static List<Long> counts(IngestResult result) {
    return List.of(
        result.added(), result.updated(), result.unchanged(), result.deadLetters(), result.gone());
  }

  private LakeTables tables() {
    LakeTables tables = new LakeTables(spark, table -> folder + "/tables/" + table.name());
    tables.fitQueries(0); // as a command does first
    return tables;
  }

  private Row asset(String key) {
    return tables().table(Tables.ASSETS).rows().where("key = '%s'".formatted(key)).first();
  }

  /** Pictures as Hugging Face writes them: a struct of bytes and a path. */
  private Dataset<Row> pictures() {
    return spark
        .range(6)
        .selectExpr(
            "id AS uid",
            "named_struct('bytes', IF(id = 5, NULL,"
                + " concat(CAST(concat('GIF89a picture ', IF(id = 4, 3, id)) AS BINARY), X'0001')),"
                + " 'path',"
                + " concat(id, '.gif')) AS image",
            "array(concat('caption ', id), 'another') AS words",
            "IF(id < 3, 'CC0', NULL) AS license",
            "X'00' AS other_bytes",
            "id * 1.50 AS score")
        .withColumn("uid", org.apache.spark.sql.functions.expr("IF(uid = 4, 3, uid)"));
  }

  @Test
  void bytesOfAParquetTableBecomeAssets() {
    pictures().repartition(2).write().parquet(folder + "/rows");
    String map = "id=uid,image=image.bytes,caption=words,licence=license";

    IngestResult first = ingest("r1", source(Format.PARQUET, "rows", map), Vanished.KEEP);

    assertThat(counts(first)).containsExactly(4L, 0L, 0L, 1L, 0L);
    Row asset = asset("2");
    byte[] content = "GIF89a picture 2\0\1".getBytes(StandardCharsets.UTF_8);
    assertThat(asset.<String>getAs("sha256")).isEqualTo(Digests.sha256(content));
    assertThat(asset.<String>getAs("media_type")).isEqualTo("image/gif");
    assertThat(asset.<String>getAs("licence")).isEqualTo("CC0");
    assertThat(asset.<String>getAs("source_uri")).endsWith("/rows#2");
    assertThat(asset.getJavaMap(asset.fieldIndex("facts"))).containsOnlyKeys("score");
    assertThat(asset.getList(asset.fieldIndex("captions"))).hasSize(2);
    Row joined = asset("3");
    assertThat(joined.getList(joined.fieldIndex("captions"))).as("of two rows").hasSize(3);
    Row dead = tables().table(Tables.DEAD_LETTERS).rows().first();
    assertThat(dead.<String>getAs("key")).isEqualTo("5");
    assertThat(dead.<String>getAs("error_code")).isEqualTo("MALFORMED_ROW");
    assertThat(dead.<String>getAs("error_message")).contains("image.bytes (image)");

    assertThat(counts(ingest("r2", source(Format.PARQUET, "rows", map), Vanished.MARK_GONE)))
        .containsExactly(0L, 0L, 4L, 1L, 0L);
  }

  @Test
  void aDeltaTableIsReadAtOneVersion() {
    String map = "id=doc,text=body,lang=language";
    Dataset<Row> texts =
        spark
            .range(4)
            .selectExpr(
                "concat('d', id) AS doc", "concat('text ', id) AS body", "'en' AS language");
    texts.write().format("delta").save(folder + "/texts");
    TableSource before = source(Format.DELTA, "texts", map);
    spark.sql("DELETE FROM delta.`%s/texts` WHERE doc = 'd3'".formatted(folder));
    spark.sql("UPDATE delta.`%s/texts` SET body = 'new' WHERE doc = 'd0'".formatted(folder));

    IngestResult first = ingest("r1", before, Vanished.KEEP);
    assertThat(counts(first)).containsExactly(4L, 0L, 0L, 0L, 0L);
    assertThat(first.reading()).containsEntry("version", "0");
    assertThat(asset("d1").<String>getAs("text")).isEqualTo("text 1");
    assertThat(asset("d1").<String>getAs("language")).isEqualTo("en");

    IngestResult second = ingest("r2", source(Format.DELTA, "texts", map), Vanished.MARK_GONE);
    assertThat(counts(second)).containsExactly(0L, 1L, 2L, 0L, 1L);
    assertThat(second.reading()).containsEntry("version", "2");
    assertThat(asset("d3").<String>getAs("state")).isEqualTo("gone");

    assertThatThrownBy(() -> source(Format.DELTA, "texts", "text=body"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("needs an id");
  }

  @Test
  void rowsMayNameFilesOrHaveNoId() throws Exception {
    Files.createDirectories(folder.resolve("files"));
    Files.writeString(folder.resolve("files/a.txt"), "in a file");
    spark
        .sql("SELECT explode(array('a.txt', 'gone.txt', '../out.txt')) AS file, 7 AS n")
        .coalesce(1)
        .write()
        .mode("append")
        .parquet(folder + "/files");

    IngestResult result = ingest("r1", source(Format.PARQUET, "files", "file=file"), Vanished.KEEP);

    assertThat(counts(result)).containsExactly(1L, 0L, 0L, 2L, 0L);
    assertThat(asset("a.txt").<String>getAs("text")).isEqualTo("in a file");

    spark
        .sql("SELECT 'a text' AS t UNION ALL SELECT NULL")
        .coalesce(1)
        .write()
        .parquet(folder + "/t");
    TableSource texts = source(Format.PARQUET, "t", "text=t");
    Preview seen = Preview.of(texts, Map.of(), Map.of());
    assertThat(seen.entries()).isEqualTo(2);
    assertThat(seen.first().get(0).content()).isEqualTo("a text");
    assertThat(seen.problems().get(0).key()).matches("part-.*[.]parquet#row:\\d");
  }

  @Test
  void whatIsNotThereIsNamed() {
    pictures().write().parquet(folder + "/p");

    assertThatThrownBy(() -> source(Format.PARQUET, "p", "id=uid,image=picture"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("no field picture (found ")
        .hasMessageContaining("image.bytes");
    assertThatThrownBy(() -> source(Format.PARQUET, "p", "id=uid,image=score"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("Column score of ")
        .hasMessageContaining("expected bytes, or names of files");
    assertThatThrownBy(() -> source(Format.DELTA, "p", "id=uid,image=image.bytes"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("Cannot read table ");
    assertThatThrownBy(() -> source(Format.PARQUET, "none", "id=uid,text=t"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("nothing is there");
  }
}
