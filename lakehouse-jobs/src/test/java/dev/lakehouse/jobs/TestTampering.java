// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.pipeline.Scope;
import dev.lakehouse.jobs.watch.Violation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lance.Dataset;
import org.lance.WriteParams;
import org.lance.ipc.LanceScanner;
import org.lance.ipc.ScanOptions;

/** Whatever somebody does to a lake, the audit names it and its remedy restores it. */
class TestTampering {
  @TempDir Path folder;

  /** A way to harm a lake. */
  interface Harm {
    void doTo(TamperedLake lake) throws Exception;
  }

  // --- damage that no write ever told of ---------------------------------------------------------

  /** All of them, or those of which {@code -Dlakehouse.damage=} says a part of the name. */
  static Stream<Arguments> sweep() {
    String wanted = System.getProperty("lakehouse.damage", "");
    return damages().filter(damage -> damage.get()[1].toString().contains(wanted));
  }

  private static Stream<Arguments> damages() {
    return Stream.of(
        damage("content", "a flipped byte", TestTampering::flipAByte),
        damage("commits", "a figure edited", TestTampering::editAFigure),
        damage("index rows", "a vector altered in the index", TestTampering::alterAVector),
        damage("content", "a blob missing", lake -> Files.delete(lake.blob())),
        damage("commits", "a verdict edited", lake -> lake.sql(LET_THE_DUPLICATE_PASS)),
        damage("verdicts", "a verdict edited quietly", TestTampering::editAVerdictQuietly),
        damage("measurements", "a figure edited quietly", TestTampering::editAFigureQuietly),
        damage("policy", "a policy file edited", TestTampering::editThePolicy),
        damage("commits", "vectors swapped in the catalog", TestTampering::swapVectors),
        damage("catalog rows", "vectors swapped quietly", TestTampering::swapVectorsQuietly),
        damage("index", "an index row missing", TestTampering::removeAnIndexRow),
        damage("index", "an index row too many", TestTampering::doubleAnIndexRow),
        damage(
            "index rows",
            "a release that names an index with a row missing",
            lake -> {
              removeAnIndexRow(lake);
              pointTheReleaseAtIt(lake);
            }),
        damage(
            "index rows",
            "a release that names an index with a row too many",
            lake -> {
              doubleAnIndexRow(lake);
              pointTheReleaseAtIt(lake);
            }),
        damage("filtered", "both duplicates let pass quietly", TestTampering::letBothPassQuietly),
        damage(
            "commits",
            "a release moved",
            lake -> lake.sql("UPDATE <releases> SET catalog_version = 0")),
        damage(
            "ids",
            "a release renamed quietly",
            lake ->
                lake.quietly("releases").rows("sequence = 1", rows -> renamed(rows, "release_id"))),
        damage(
            "ids",
            "a judgement renamed quietly",
            lake ->
                lake.quietly("releases")
                    .rows("sequence = 1", rows -> renamed(rows, "judgement_id"))),
        damage("catalog rows", "a catalog row doubled quietly", TestTampering::doubleACatalogRow),
        damage("catalog", "a catalog file gone", TestTampering::deleteACatalogFile),
        damage("commits", "an asset added by hand", TestTampering::insertAnAsset),
        damage(
            "duplicates", "duplicates forgotten quietly", TestTampering::forgetDuplicatesQuietly));
  }

  private static Arguments damage(String check, String name, Harm harm) {
    return Arguments.of(check, name, harm);
  }

  @Test
  void severalDamagesAreFoundAndRestoredTogether() throws Exception {
    TamperedLake lake = TamperedLake.shared().copy(folder.resolve("lake"));
    flipAByte(lake);
    editAFigure(lake);
    alterAVector(lake);
    lake.quietly("releases").rows("sequence = 1", rows -> renamed(rows, "release_id"));

    assertFoundAndRestored(lake, "content", "commits", "index rows", "ids");
  }

  @Tag("slow")
  @ParameterizedTest(name = "{1}")
  @MethodSource("sweep")
  void isFoundAndRestored(String check, String name, Harm harm) throws Exception {
    TamperedLake lake = TamperedLake.shared().copy(folder.resolve("lake"));
    harm.doTo(lake);

    assertFoundAndRestored(lake, check);
  }

  private static void assertFoundAndRestored(TamperedLake lake, String... checks) {
    List<Violation> violations = lake.violations();

    assertThat(violations).extracting(Violation::check).contains(checks);
    Set<String> remedies = new LinkedHashSet<>();
    violations.forEach(
        violation -> remedies.add(violation.remedy().replaceFirst("^put.*, or ", "")));
    remedies.forEach(lake::remedy);
    assertThat(lake.violations()).as("after " + remedies).isEmpty();
    assertThat(lake.current().published()).isEqualTo(TamperedLake.shared().current().published());
  }

  private static org.apache.spark.sql.Dataset<Row> renamed(
      org.apache.spark.sql.Dataset<Row> rows, String id) {
    return rows.withColumn(id, functions.lit("0".repeat(64)));
  }

  private static void editAFigure(TamperedLake lake) {
    lake.sql("UPDATE <measurements> SET blur = 1");
  }

  private static final String LET_THE_DUPLICATE_PASS =
      "UPDATE <verdicts> SET verdict_status = 'pass', reasons = array() WHERE keeper IS NOT NULL";

  private static void flipAByte(TamperedLake lake) throws IOException {
    byte[] bytes = Files.readAllBytes(lake.blob());
    bytes[bytes.length / 2] ^= 1;
    Files.write(lake.blob(), bytes);
  }

  private static void editAVerdictQuietly(TamperedLake lake) throws IOException {
    lake.quietly("verdicts")
        .rows(
            "keeper IS NOT NULL", rows -> rows.withColumn("verdict_status", functions.lit("pass")));
  }

  private static void editAFigureQuietly(TamperedLake lake) throws IOException {
    lake.quietly("measurements")
        .rows("probe LIKE 'image%'", rows -> rows.withColumn("blur", functions.expr("blur + 1")));
  }

  private static void editThePolicy(TamperedLake lake) throws IOException {
    Path policy = lake.root.resolve("policies").resolve(lake.current().policyDigest() + ".yaml");
    Files.writeString(policy, Files.readString(policy) + "\n# nothing to see here\n");
    Files.deleteIfExists(policy.resolveSibling("." + policy.getFileName() + ".crc"));
  }

  /** Every text gets the vector of the first. */
  private static final String SWAPPED = "first(text_vector, true) OVER ()";

  private static void swapVectors(TamperedLake lake) {
    lake.sql(
        "MERGE INTO <catalog> t USING (SELECT asset_id, "
            + SWAPPED
            + " AS v FROM <catalog> WHERE text_vector IS NOT NULL) s ON t.asset_id = s.asset_id"
            + " WHEN MATCHED THEN UPDATE SET text_vector = s.v");
  }

  private static void swapVectorsQuietly(TamperedLake lake) throws IOException {
    lake.quietly("catalog")
        .rows(
            "text_vector IS NOT NULL",
            rows ->
                rows.withColumn(
                    "text_vector",
                    functions.expr("IF(text_vector IS NULL, NULL, " + SWAPPED + ")")));
  }

  private static void doubleACatalogRow(TamperedLake lake) throws IOException {
    lake.quietly("catalog")
        .rows("modality = 'text'", rows -> rows.union(rows.where("modality = 'text'").limit(1)));
  }

  private static void letBothPassQuietly(TamperedLake lake) throws IOException {
    lake.quietly("filtered")
        .rows(
            "modality = 'text'",
            rows ->
                rows.unionByName(
                    rows.where("modality = 'text'")
                        .limit(1)
                        .withColumn("asset_id", functions.lit("f".repeat(32)))));
  }

  private static void forgetDuplicatesQuietly(TamperedLake lake) throws IOException {
    lake.quietly("duplicates").rows("TRUE", rows -> rows.where("FALSE"));
  }

  private static void insertAnAsset(TamperedLake lake) {
    lake.sql(
        "MERGE INTO <assets> t USING (SELECT * FROM <assets> LIMIT 1) s ON FALSE"
            + " WHEN NOT MATCHED THEN INSERT *");
  }

  private static void deleteACatalogFile(TamperedLake lake) throws IOException {
    try (Stream<Path> files = Files.list(lake.table("catalog"))) {
      Files.delete(
          files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow());
    }
  }

  private static Dataset index(TamperedLake lake, String family) {
    Path place = lake.root.resolve("index").resolve(lake.family(family).path());
    return Dataset.open().allocator(new RootAllocator()).uri(place.toString()).build();
  }

  private static String index(TamperedLake lake) {
    return lake.root.resolve("index").resolve(lake.family("text").path()).toString();
  }

  /** Finds the bytes of a vector in the file that holds it, and changes one number of it. */
  private static void alterAVector(TamperedLake lake) throws IOException {
    List<Float> vector =
        TamperedLake.spark()
            .read()
            .format("delta")
            .load(lake.table("catalog").toString())
            .where("text_vector IS NOT NULL")
            .select("text_vector")
            .first()
            .getList(0);
    ByteBuffer start = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    vector.subList(0, 4).forEach(start::putFloat);
    String wanted = new String(start.array(), StandardCharsets.ISO_8859_1);
    try (Stream<Path> files = Files.walk(Path.of(index(lake), "data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] bytes = Files.readAllBytes(file);
        int place = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(wanted);
        if (place >= 0) {
          bytes[place + 2] ^= 0x40;
          Files.write(file, bytes);
          return;
        }
      }
    }
    throw new IllegalStateException("No file of the index holds the vector as it is");
  }

  private static void removeAnIndexRow(TamperedLake lake) {
    try (Dataset index = Dataset.open(index(lake), new RootAllocator())) {
      index.delete("title IS NOT NULL");
    }
  }

  private static void doubleAnIndexRow(TamperedLake lake) throws IOException {
    try (RootAllocator allocator = new RootAllocator();
        ArrowReader again = oneRow(lake, allocator)) {
      Dataset.write()
          .allocator(allocator)
          .reader(again)
          .uri(index(lake))
          .mode(WriteParams.WriteMode.APPEND)
          .execute()
          .close();
    }
  }

  /** A row of the index, read to memory: no dataset writes what is still being read from it. */
  private static ArrowReader oneRow(TamperedLake lake, RootAllocator allocator) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Dataset index = Dataset.open(index(lake), allocator);
        LanceScanner one = index.newScan(new ScanOptions.Builder().limit(1).build());
        ArrowReader rows = one.scanBatches();
        ArrowStreamWriter writer = new ArrowStreamWriter(rows.getVectorSchemaRoot(), null, bytes)) {
      while (rows.loadNextBatch()) {
        writer.writeBatch();
      }
    } catch (Exception e) {
      throw new IOException(e);
    }
    return new ArrowStreamReader(new ByteArrayInputStream(bytes.toByteArray()), allocator);
  }

  /** Makes the release name the newest version of its index, whoever wrote it. */
  private static void pointTheReleaseAtIt(TamperedLake lake) throws IOException {
    long version;
    try (Dataset index = Dataset.open(index(lake), new RootAllocator())) {
      version = index.version();
    }
    lake.quietly("releases")
        .rows(
            "TRUE",
            rows ->
                rows.withColumn(
                    "families",
                    functions.expr(
                        "transform(families, f -> IF(f.family = 'text', named_struct("
                            + "'family', f.family, 'encoder', f.encoder, 'bundle', f.bundle,"
                            + " 'bundle_digest', f.bundle_digest, 'dim', f.dim, 'path', f.path,"
                            + " 'lance_version', "
                            + version
                            + "L, 'lance_tag', f.lance_tag, 'rows', f.rows), f))")));
  }

  // --- constraints taken away
  // ---------------------------------------------------------------------

  /** Statements that take constraints from a catalog without a word. */
  enum Door {
    REPLACE_AS_SELECT("CREATE OR REPLACE TABLE <catalog> USING delta AS SELECT * FROM <catalog>"),
    DROP_CONSTRAINT("ALTER TABLE <catalog> DROP CONSTRAINT verdict_pass"),
    CREATE_OR_REPLACE(""),
    RESTORE("");

    private final String statement;

    Door(String statement) {
      this.statement = statement;
    }

    void open(TamperedLake lake) {
      switch (this) {
        case CREATE_OR_REPLACE ->
            TamperedLake.spark()
                .read()
                .format("delta")
                .load(lake.table("catalog").toString())
                .writeTo("delta.`" + lake.table("catalog") + "`")
                .using("delta")
                .createOrReplace();
        case RESTORE -> {
          lake.sql(DROP_CONSTRAINT.statement);
          lake.sql(
              "ALTER TABLE <catalog> ADD CONSTRAINT verdict_pass CHECK (verdict_status = 'pass')");
          lake.sql(
              "RESTORE TABLE <catalog> TO VERSION AS OF " + (lake.current().catalogVersion() + 1));
        }
        default -> lake.sql(statement);
      }
    }
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(Door.class)
  void aCatalogWithoutItsConstraintsIsNotPublishedFrom(Door door) throws IOException {
    TamperedLake lake = TamperedLake.shared().copy(folder.resolve("lake"));
    door.open(lake);
    lake.sql("UPDATE <catalog> SET verdict_status = 'fail'");
    lake.sql("UPDATE <catalog> SET verdict_status = 'pass'");
    if (door == Door.DROP_CONSTRAINT) { // and close it again, as if nothing had been
      lake.sql("ALTER TABLE <catalog> ADD CONSTRAINT verdict_pass CHECK (verdict_status = 'pass')");
    }
    lake.sql("UPDATE <catalog> SET title = 'mine' WHERE modality = 'text'");
    long before = lake.current().sequence();
    lake.lake.judge(Optional.empty(), Scope.ALL);

    assertThatThrownBy(() -> lake.lake.publish(PublishOptions.from(TamperedLake.SETTINGS)))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTEGRITY));

    assertThat(sequenceOfASearch(lake)).isEqualTo(before);
    List<Violation> violations = lake.violations();
    assertThat(violations)
        .extracting(Violation::where)
        .anyMatch(place -> place.contains("catalog"));
    lake.remedy("lakehouse publish --rebuild");
    assertThat(lake.violations()).isEmpty();
  }

  private static long sequenceOfASearch(TamperedLake lake) {
    try (Searcher searcher =
        Searcher.of(
            lake.lake.layout(),
            TamperedLake.SETTINGS,
            ModelsRoot.at(lake.lake.layout().modelsUri()),
            new Configuration())) {
      return searcher.search(SearchQuery.text("text", "bees", 1, Optional.empty())).sequence();
    }
  }
}
