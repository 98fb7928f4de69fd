// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.jobs.DriverLakes;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.UserJar;
import dev.lakehouse.jobs.content.IngestOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code map-batches} as users call it, with the function of docs/map-batches.md in its own jar.
 */
class TestMapBatchesCommand {
  private static final String FAILING =
      """
      package com.acme;

      import dev.lakehouse.udfs.function.BatchContext;
      import dev.lakehouse.udfs.function.BatchFunction;
      import dev.lakehouse.udfs.function.BatchFunctionFactory;
      import java.util.Map;
      import org.apache.arrow.vector.types.pojo.Schema;

      public final class Failing implements BatchFunctionFactory {
        public static final class NoQuota extends RuntimeException {
          private final Object unserializable = new Object();

          NoQuota() {
            super("no quota left");
          }
        }

        public Schema output(Schema input, Map<String, String> options) {
          return input;
        }

        public BatchFunction open(BatchContext context) {
          return (batch, allocator) -> {
            throw new NoQuota();
          };
        }
      }
      """;

  private static final String BYTES =
      """
      package com.acme;

      import dev.lakehouse.udfs.function.BatchContext;
      import dev.lakehouse.udfs.function.BatchFunction;
      import dev.lakehouse.udfs.function.BatchFunctionFactory;
      import java.util.List;
      import java.util.Map;
      import org.apache.arrow.vector.IntVector;
      import org.apache.arrow.vector.VarBinaryVector;
      import org.apache.arrow.vector.VectorSchemaRoot;
      import org.apache.arrow.vector.types.pojo.ArrowType;
      import org.apache.arrow.vector.types.pojo.Field;
      import org.apache.arrow.vector.types.pojo.Schema;

      public final class Bytes implements BatchFunctionFactory {
        private static final Schema OUTPUT =
            new Schema(List.of(Field.nullable("bytes", new ArrowType.Int(32, true))));

        public Schema output(Schema input, Map<String, String> options) {
          return OUTPUT;
        }

        public BatchFunction open(BatchContext context) {
          return (batch, allocator) -> {
            VarBinaryVector contents = (VarBinaryVector) batch.getVector("content");
            VectorSchemaRoot answer = VectorSchemaRoot.create(OUTPUT, allocator);
            for (int i = 0; i < batch.getRowCount(); i++) {
              if (!contents.isNull(i)) {
                ((IntVector) answer.getVector(0)).setSafe(i, contents.get(i).length);
              }
            }
            answer.setRowCount(batch.getRowCount());
            return answer;
          };
        }
      }
      """;

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 7};

  @TempDir static Path folder;
  private static Path lake;
  private static Path words;
  private static Path failing;
  private static Path bytes;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path output;

  @BeforeAll
  static void makeALakeAndJars() throws IOException {
    Path texts = Files.createDirectories(folder.resolve("texts"));
    for (int i = 0; i < 12; i++) {
      Files.writeString(
          texts.resolve("note-%02d.txt".formatted(i)),
          "The tide rises and the harbour falls quietly into evening number".repeat(1 + i % 3));
    }
    Files.write(texts.resolve("blob.png"), PNG);
    lake = folder.resolve("lake");
    Lakehouse driver = DriverLakes.open(lake);
    FilesSource.Options source =
        new FilesSource.Options(texts.toString(), Optional.of("texts"), Optional.empty(), Map.of());
    driver.ingest(FilesSource.open(source), IngestOptions.defaults());
    words = UserJar.documented(folder);
    failing = UserJar.of(folder, "Failing", FAILING);
    bytes = UserJar.of(folder, "Bytes", BYTES);
  }

  @BeforeEach
  void elsewhere() throws IOException {
    output = Files.createTempDirectory(folder, "out").resolve("table");
  }

  private int map(String... args) {
    List<String> all =
        Stream.concat(Stream.of("map-batches", "--lake", lake.toString()), Stream.of(args))
            .toList();
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(String[]::new));
  }

  private int words(String... more) {
    String[] args = {
      "--table",
      "assets",
      "--class",
      "com.acme.Words",
      "--jar",
      words.toString(),
      "--columns",
      "text",
      "--output",
      output.toString()
    };
    return map(Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new));
  }

  private Dataset<Row> written() {
    return SparkTest.session().read().format("delta").load(output.toString());
  }

  @Test
  void theDocumentedFunctionRunsFromItsOwnJar() throws Exception {
    assertThatThrownBy(() -> Class.forName("com.acme.Words"))
        .isInstanceOf(ClassNotFoundException.class);

    assertThat(words("--keep", "asset_id,source_uri", "--batch-size", "5", "--json"))
        .as(err.toString())
        .isZero();

    JsonNode answer = Json.mapper().readTree(out.toString());
    assertThat(answer.get("rows").asLong()).isEqualTo(13);
    assertThat(answer.get("batches").asLong()).isGreaterThanOrEqualTo(3);
    assertThat(answer.get("instances").asLong()).isEqualTo(1);
    assertThat(written().schema().simpleString())
        .isEqualTo("struct<asset_id:string,source_uri:string,words:int,longest:string>");
    assertThat(written().where("words = 11 AND longest = 'harbour'").count()).isEqualTo(4);
    assertThat(written().select("asset_id").distinct().count()).isEqualTo(13);
  }

  @Test
  void itEndsWithALineOfFiguresAndARunReport() throws IOException {
    assertThat(words("--where", "source_uri LIKE '%note-0%'")).as(err.toString()).isZero();

    assertThat(out.toString())
        .containsPattern("map      10 rows of assets, version \\d+, through com.acme.Words into")
        .containsPattern("\\d batch(es)? of \\d+\\.\\d rows, \\d instances? made, busy \\d+ %, ");
    assertThat(written().columns()).containsExactly("asset_id", "words", "longest");
    try (Stream<Path> runs = Files.walk(lake.resolve("runs"))) {
      assertThat(runs.filter(file -> file.endsWith("run-report.json")))
          .anySatisfy(report -> assertThat(report).content().contains("com.acme.Words"));
    }
  }

  @Test
  void aTableThatIsThereStaysUnlessToldOtherwise() {
    assertThat(words()).isZero();
    assertThat(words()).isEqualTo(2);
    assertThat(err.toString()).contains("a table is there already", "--overwrite");

    assertThat(words("--overwrite", "--keep", "media_type", "--option", "gap=[aeiou]+")).isZero();
    assertThat(written().columns()).containsExactly("media_type", "words", "longest");
    assertThat(written().where("words > 15").count()).isEqualTo(12);
  }

  @Test
  void theLakeItselfIsNoOutput() {
    output = lake.resolve("tables/words");
    assertThat(words()).isEqualTo(2);
    assertThat(err.toString()).contains("it overlaps with the lake");
    output = folder;
    assertThat(words("--overwrite")).isEqualTo(2);
  }

  @Test
  void whatTheFunctionThrowsReachesTheUserAndNothingIsCommitted() {
    int code =
        map(
            "--table",
            "assets",
            "--class",
            "com.acme.Failing",
            "--jar",
            failing.toString(),
            "--columns",
            "text",
            "--output",
            output.toString(),
            "--json");

    assertThat(code).isEqualTo(1);
    assertThat(out.toString()).contains("FUNCTION_FAILED");
    assertThat(err.toString())
        .containsPattern(
            "Function com.acme.Failing failed on a batch of \\d+ rows \\(stage \\d+, partition \\d+,"
                + " rows 1 to \\d+\\): com.acme.Failing\\$NoQuota: no quota left");
    assertThat(words()).isZero(); // there is no table yet that would have to be replaced
    assertThat(written().count()).isEqualTo(13);
  }

  @Test
  void aFunctionMaySeeTheBytesOfTextsAndBlobs() {
    int code =
        map(
            "--table",
            "assets",
            "--class",
            "com.acme.Bytes",
            "--jar",
            bytes.toString(),
            "--columns",
            "content",
            "--keep",
            "media_type,size_bytes",
            "--output",
            output.toString());

    assertThat(code).as(err.toString()).isZero();
    assertThat(written().where("bytes = size_bytes").count()).isEqualTo(13);
    assertThat(written().where("media_type = 'image/png' AND bytes = 11").count()).isEqualTo(1);
  }

  @Test
  void mistakesAreNamedBeforeAnythingRuns() {
    String[][] mistakes = {
      {"--concurrency", "0", "Invalid concurrency: 0"},
      {"--batch-size", "0", "Invalid batch-size: 0"},
      {"--gpus", "2", "2 GPUs, but the cluster has at most 1 × 0 = 0"},
      {"--concurrency", "99", "concurrency 99 asks for 99 instances in an executor"},
      {"--jar", "absent.jar", "There is no jar "},
      {"--keep", "asset", "there is no column 'asset'. Did you mean"},
      {"--where", "nosuch = 1", "nosuch"},
    };
    for (String[] mistake : mistakes) {
      assertThat(words(mistake[0], mistake[1])).as(mistake[0]).isEqualTo(2);
      assertThat(err.toString()).contains(mistake[2]);
    }
    assertThat(
            map(
                "--table",
                "assets",
                "--class",
                "com.acme.Absent",
                "--columns",
                "text",
                "--output",
                output.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("There is no class com.acme.Absent in the class path");
    assertThat(output).doesNotExist();
  }
}
