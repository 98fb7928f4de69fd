// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static dev.lakehouse.core.Column.optional;
import static dev.lakehouse.core.Column.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.ColumnType.Scalar;
import dev.lakehouse.core.ColumnType.StringMap;
import dev.lakehouse.core.ColumnType.StructOf;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.filter.Filter;
import dev.lakehouse.core.lake.DeltaTable;
import dev.lakehouse.core.lake.DeltaVersion;
import dev.lakehouse.core.lake.DeltaVersion.Place;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.udfs.SparkColumns;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Spark wrote, in every type, is what is read without it; and conditions mean the same. */
class TestDeltaVersion {
  private static final Table TABLE =
      new Table(
          "odd",
          List.of(
              required("id", Scalar.BIGINT, ""),
              optional("text", Scalar.STRING, ""),
              optional("number", Scalar.INT, ""),
              optional("share", Scalar.DOUBLE, ""),
              optional("small", Scalar.FLOAT, ""),
              optional("truth", Scalar.BOOLEAN, ""),
              optional("made", Scalar.TIMESTAMP, ""),
              optional("list", new ArrayOf(Scalar.STRING), ""),
              optional("vector", new ArrayOf(Scalar.FLOAT), ""),
              optional("facts", new StringMap(), ""),
              optional(
                  "parts",
                  new ArrayOf(
                      new StructOf(
                          List.of(
                              required("text", Scalar.STRING, ""),
                              required("rows", Scalar.BIGINT, "")))),
                  "")),
          List.of("id"));

  private static final int ROWS = 3_000; // several batches of a file

  @TempDir static Path folder;
  private static LakeLayout layout;

  @BeforeAll
  static void write() {
    layout = LakeLayout.of(folder.resolve("lake").toString(), Settings.defaults());
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(SparkColumns.row(row(i)));
    }
    spark()
        .createDataFrame(rows, SparkColumns.schema(TABLE))
        .repartition(2)
        .write()
        .format("delta")
        .option("delta.enableDeletionVectors", "true")
        .option("delta.enableChangeDataFeed", "true")
        .save(layout.table(TABLE));
    spark().sql("DELETE FROM delta.`%s` WHERE id %% 7 = 3".formatted(layout.table(TABLE)));
    spark().sql("UPDATE delta.`%s` SET number = 99 WHERE id = 5".formatted(layout.table(TABLE)));
  }

  private static SparkSession spark() {
    return SparkTest.session();
  }

  private static Values row(int i) {
    Values row = Values.of(TABLE).set("id", (long) i);
    if (i % 11 == 0) {
      return row; // all else is empty
    }
    return row.set("text", List.of("a", "b%", "c_\\d", "\ue000", "\ud83d\udc08", "it's").get(i % 6))
        .set("number", i % 5 - 2)
        .set("share", List.of(0.1, -0.0, 0.0, Double.NaN, 1e300).get(i % 5))
        .set("small", 0.1f * (i % 3))
        .set("truth", i % 2 == 0)
        .set("made", Timestamp.from(Instant.parse("2026-01-01T00:00:00.123456Z").plusSeconds(i)))
        .set("list", i % 4 == 0 ? List.of() : Arrays.asList("A" + i % 3, i % 5 == 0 ? null : "B"))
        .set("vector", new float[] {i, 0.5f})
        .set("facts", i % 9 == 0 ? Map.of() : Map.of("shelf", "s" + i))
        .set("parts", List.of(new Object[] {"part " + i, (long) i}, new Object[] {"x", 0L}));
  }

  /** Parquet made one for each file, out of all XML files of Hadoop, and dropped it. */
  @Test
  void noConfigurationIsMadeForAFile() {
    DeltaVersion version = version();
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    List<String> sought = new ArrayList<>();
    ClassLoader noting =
        new ClassLoader(before) {
          @Override
          public URL getResource(String name) {
            sought.add(name);
            return super.getResource(name);
          }
        };
    Thread.currentThread().setContextClassLoader(noting);
    try {
      assertThat(version.rows(List.of("id"))).isNotEmpty();
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(noting);
      assertThat(new Configuration().get("fs.defaultFS")).isNotNull();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
    assertThat(sought).containsOnlyOnce("core-default.xml"); // of the last one
  }

  private static DeltaVersion version() {
    return DeltaTable.of(layout, TABLE, new Configuration()).latest().orElseThrow();
  }

  private static Dataset<Row> bySpark() {
    return spark().read().format("delta").load(layout.table(TABLE));
  }

  private static String text(Object value) {
    if (value instanceof Object[] struct) {
      return Stream.of(struct).map(TestDeltaVersion::text).toList().toString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(TestDeltaVersion::text).toList().toString();
    }
    return value instanceof Map<?, ?> map ? new TreeMap<>(map).toString() : String.valueOf(value);
  }

  private static String text(Values row) {
    return TABLE.names().stream()
        .map(name -> text(row.find(name).orElse(null)))
        .toList()
        .toString();
  }

  /** Spark's rows as values of the house, so that both are compared by the same words. */
  private static String text(Row row) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      words.add(text(plain(row.get(i))));
    }
    return words.toString();
  }

  private static Object plain(Object value) {
    if (value instanceof Row struct) {
      Object[] parts = new Object[struct.size()];
      for (int i = 0; i < parts.length; i++) {
        parts[i] = plain(struct.get(i));
      }
      return parts;
    }
    if (value instanceof scala.collection.Seq<?> seq) {
      List<Object> list = new ArrayList<>();
      scala.collection.JavaConverters.seqAsJavaList(seq).forEach(each -> list.add(plain(each)));
      return list;
    }
    return value instanceof scala.collection.Map<?, ?> map
        ? scala.collection.JavaConverters.mapAsJavaMap(map)
        : value;
  }

  @Test
  void everyTypeIsReadAsSparkWroteIt() {
    List<String> found = version().rows(TABLE.names()).stream().map(row -> text(row)).toList();

    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            bySpark().collectAsList().stream().map(row -> text(row)).toList());
    assertThat(version().version()).isEqualTo(2);
  }

  @Test
  void rowsAreFoundAgainByTheirPlace() {
    TreeSet<Place> places = new TreeSet<>();
    Map<Place, Object> ids = new TreeMap<>();
    version()
        .forEach(
            List.of("id", "number"),
            (place, row) -> {
              if (row.require("id", Long.class) % 500 == 4) {
                places.add(place);
                ids.put(place, row.require("id", Long.class));
              }
              assertThat(row.find("text")).isEmpty();
            });

    Map<Place, Object> again = new TreeMap<>();
    version()
        .forEach(
            places, TABLE.names(), (place, row) -> again.put(place, row.find("id").orElseThrow()));

    assertThat(again).isEqualTo(ids).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "number > 0",
        "number = -1.0 OR number = 1.5",
        "NOT number IN (0, 1)",
        "share = 0",
        "share > 0.1",
        "share >= 1",
        "share = 0.1",
        "truth = TRUE AND NOT text = 'a'",
        "text LIKE '%_%'",
        "text LIKE 'b\\%'",
        "text LIKE '_'",
        "text NOT LIKE 'it''s'",
        "text > 'it'",
        "text >= '\uD83D\uDC08'",
        "text IN ('it''s', 'c_\\d')",
        "text IS NULL OR number = 99",
        "made > '2026-01-01 00:10'",
        "made <= '2026-01-01 00:00:59.123456'",
        "made < '2026-01-01T01:10:00+01:00'",
        "made >= '2026'",
        "has(list, 'A1')",
        "NOT has(list, 'A1')",
        "has(list, 'B') AND NOT (number = 0 OR share > 3)",
      })
  void aConditionMeansWhatItMeansToSpark(String condition) {
    Filter filter = Filter.parse(condition, TABLE.columns());

    List<Long> found = new ArrayList<>();
    version()
        .forEach(
            Stream.concat(Stream.of("id"), filter.columns().stream()).distinct().toList(),
            (place, row) -> {
              if (filter.isMetBy(row)) {
                found.add(row.require("id", Long.class));
              }
            });

    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(
            bySpark().where(filter.toSpark()).select("id").as(Encoders.LONG()).collectAsList())
        .isNotEmpty();
  }

  @Test
  void damageIsTold(@TempDir Path place) throws IOException {
    LakeLayout other = LakeLayout.of(place.toString(), Settings.defaults());
    Path table = Path.of(java.net.URI.create(other.table(TABLE)));
    spark().range(3).selectExpr("id").write().format("delta").save(other.table(TABLE));
    assertThat(rows(other)).hasSize(3); // the columns that it lacks stay empty

    Path file;
    try (Stream<Path> files = Files.list(table)) {
      file = files.filter(each -> each.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.deleteIfExists(table.resolve("." + file.getFileName() + ".crc"));
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    requireDamage(other);
    Files.delete(file);
    requireDamage(other);
  }

  @Test
  void aTableOfAnotherKindIsTold(@TempDir Path place) throws IOException {
    LakeLayout other = LakeLayout.of(place.toString(), Settings.defaults());
    spark()
        .range(3)
        .selectExpr("id", "'x' AS number")
        .write()
        .format("delta")
        .save(other.table(TABLE));
    requireDamage(other).hasMessageContaining("column number is string where INT was expected");

    Path log = Path.of(java.net.URI.create(other.table(TABLE))).resolve("_delta_log");
    Path commit = log.resolve("00000000000000000000.json");
    Files.deleteIfExists(log.resolve(".00000000000000000000.json.crc"));
    Files.deleteIfExists(log.resolve("00000000000000000000.crc"));
    Files.writeString(
        commit,
        Files.readString(commit)
            .replaceFirst(
                "\"protocol\":\\{[^}]*\\}",
                "\"protocol\":{\"minReaderVersion\":3,\"minWriterVersion\":7,"
                    + "\"readerFeatures\":[\"fromTheFuture\"],"
                    + "\"writerFeatures\":[\"fromTheFuture\"]}"));
    requireDamage(other).hasMessageContaining("fromTheFuture");
  }

  private static List<Values> rows(LakeLayout other) {
    return DeltaTable.of(other, TABLE, new Configuration())
        .latest()
        .orElseThrow()
        .rows(TABLE.names());
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> requireDamage(
      LakeLayout other) {
    return assertThatThrownBy(() -> rows(other))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTEGRITY))
        .hasMessageContaining(other.table(TABLE))
        .hasMessageContaining("lakehouse audit");
  }
}
