// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import static dev.lakehouse.jobs.lake.release.JudgedLake.TEXT;
import static dev.lakehouse.jobs.lake.release.JudgedLake.text;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.Values;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever writes to the catalog with Delta's own means: a row that breaks the trust stays out. */
class TestOrdinaryDoors {
  @TempDir static Path root;
  static JudgedLake lake;
  static long version;

  @BeforeAll
  static void onePublishedText() {
    lake = new JudgedLake(root);
    Values note = text("note.txt", "a note");
    lake.judge(note);
    lake.embed(TEXT, note.text("sha256").orElseThrow());
    lake.publish();
    version = lake.catalog().version();
  }

  @AfterEach
  void nothingCameIn() {
    assertThat(lake.catalog().version()).isEqualTo(version);
  }

  private static Dataset<Row> stranger(String column, String value) {
    return lake.catalog()
        .rows()
        .withColumn("asset_id", lit("stranger"))
        .withColumn(column, expr(value));
  }

  private static void assertRefused(ThrowingCallable write) {
    assertThatThrownBy(write).hasStackTraceContaining("DELTA_VIOLATE_CONSTRAINT");
  }

  private static void sql(String statement) {
    lake.tables.spark().sql(statement.replace("CATALOG", "delta.`" + lake.catalog().uri() + "`"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "verdict_status | 'fail'",
        "judgement_id   | 'soon'",
        "policy_digest  | ''",
        "text           | CAST(NULL AS STRING)",
        "blob           | 'both text and blob'",
        "text_vector    | slice(text_vector, 1, 3)",
        "text_vector    | CAST(NULL AS ARRAY<FLOAT>)",
        "text_encoder   | 'minilm'",
        "text_encoder   | CAST(NULL AS STRING)",
        "text_dim       | CAST(NULL AS INT)",
        "clip_vector    | array(1F, 0F)",
        "clip_encoder   | sha2('somebody', 256)",
      })
  void append(String column, String value) {
    assertRefused(
        () ->
            stranger(column, value)
                .write()
                .format("delta")
                .mode("append")
                .save(lake.catalog().uri()));
  }

  @Test
  void overwrite() {
    assertRefused(
        () ->
            stranger("verdict_status", "'review'")
                .write()
                .format("delta")
                .mode("overwrite")
                .option("overwriteSchema", "true")
                .save(lake.catalog().uri()));
  }

  @Test
  void insert() {
    stranger("verdict_status", "'fail'").createOrReplaceTempView("strangers");
    assertRefused(() -> sql("INSERT INTO CATALOG SELECT * FROM strangers"));
  }

  @Test
  void merge() {
    stranger("verdict_status", "'fail'").createOrReplaceTempView("strangers");
    assertRefused(
        () ->
            sql(
                "MERGE INTO CATALOG t USING strangers s ON t.asset_id = s.asset_id"
                    + " WHEN NOT MATCHED THEN INSERT *"));
  }

  @Test
  void update() {
    assertRefused(() -> sql("UPDATE CATALOG SET verdict_status = 'fail'"));
  }
}
