// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions of a lake, on one lake; the last test damages it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TestLakeFunctions {
  private static final Settings SETTINGS =
      Settings.defaults().orElse(Map.of(Setting.CLIP_MODEL.key(), "shapes-clip"), "test");

  private static final List<String> TEXTS =
      List.of(
          "The tide rises twice a day because the moon pulls the water of the sea.",
          "Bake the bread for forty minutes at high heat, then let it cool down slowly.",
          "The central bank raised its interest rates again in order to slow prices down.");

  @TempDir static Path folder;
  private static SparkSession spark;
  private static Lakehouse lake;
  private static Release first;
  private static Release second;

  @BeforeAll
  static void releaseTwice() throws IOException {
    spark = SparkTest.session().newSession();
    Path in = Files.createDirectories(folder.resolve("in"));
    for (int i = 0; i < TEXTS.size(); i++) {
      Files.writeString(in.resolve(i + ".txt"), TEXTS.get(i));
    }
    Files.writeString(in.resolve("copy.txt"), TEXTS.get(0));
    circle(in.resolve("red.png"), Color.RED);
    lake = Lakehouse.open(spark, folder.resolve("lake").toString(), SETTINGS, Progress.silent());
    first = run(in);
    circle(in.resolve("blue.png"), Color.BLUE);
    second = run(in);
    spark.sql("SET l.lake=" + lake.layout().root());
  }

  private static Release run(Path in) {
    FilesSource.Options options =
        new FilesSource.Options(in.toString(), Optional.of("in"), Optional.empty(), Map.of());
    Intake intake = new Intake(FilesSource.open(options), IngestOptions.defaults());
    lake.run(List.of(intake), PublishOptions.from(SETTINGS));
    return lake.current().orElseThrow();
  }

  private static void circle(Path file, Color color) throws IOException {
    BufferedImage image = new BufferedImage(128, 128, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(color);
    pen.fillOval(20, 20, 80, 80);
    pen.dispose();
    ImageIO.write(image, "png", file.toFile());
  }

  /** {@code $L} is the lake. */
  private static Dataset<Row> sql(String query) {
    return spark.sql(query.replace("$L", "'" + lake.layout().root() + "'"));
  }

  private static List<Row> rows(String query) {
    return sql(query).collectAsList();
  }

  private static List<Hit> hits(List<SearchResult> results) {
    List<Hit> hits = new ArrayList<>();
    results.forEach(result -> hits.addAll(result.hits()));
    return hits;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "sea and moon | 10 | - | -",
        "sea and moon | 2 | modality = 'text' AND uri LIKE '%.txt' | text",
        "a red circle | 1 | - | clip",
        "nothing at all | 10 | language = 'none' | -"
      })
  @Order(1)
  void aSearchIsTheSearchers(String query, int k, String filter, String family) {
    EmbedInput input = EmbedInput.query(query);
    List<SearchResult> expected;
    try (Searcher searcher = lake.searcher()) {
      expected =
          searcher.searchAll(input, k, Optional.ofNullable(filter)).stream()
              .filter(result -> family == null || result.family().equals(family))
              .toList();
    }
    List<Row> found =
        rows(
            "SELECT * FROM mm_search($L, '%s', %d, %s, %s)"
                .formatted(query, k, literal(filter), literal(family)));

    List<Hit> hits = hits(expected);
    assertThat(found).hasSameSizeAs(hits);
    for (int i = 0; i < hits.size(); i++) {
      Row row = found.get(i);
      assertThat(row.<String>getAs("asset_id")).isEqualTo(hits.get(i).assetId());
      assertThat(row.<String>getAs("segment")).isEqualTo(hits.get(i).segment());
      assertThat(row.<Double>getAs("score")).isEqualTo(hits.get(i).score(), within(1e-9));
      assertThat(row.<String>getAs("uri")).isEqualTo(hits.get(i).row().text("uri").orElseThrow());
      assertThat(row.<String>getAs("release")).isEqualTo(second.id());
      assertThat(row.<Long>getAs("sequence")).isEqualTo(2);
    }
    assertThat(found.stream().map(row -> row.<String>getAs("family")).distinct())
        .containsExactlyElementsOf(
            expected.stream()
                .filter(result -> !result.hits().isEmpty())
                .map(SearchResult::family)
                .toList());
  }

  private static String literal(String text) {
    return text == null ? "NULL" : "'" + text.replace("'", "\\'") + "'";
  }

  @Test
  @Order(1)
  void answersJoinWithTheCatalog() {
    assertThat(
            rows(
                "SELECT c.source_uri FROM mm_search($L, 'bread', 1, NULL, 'text') s JOIN mm_catalog($L)"
                    + " c USING (asset_id)"))
        .singleElement()
        .extracting(row -> row.getString(0))
        .asString()
        .endsWith("1.txt");
  }

  @Test
  @Order(1)
  void theSameWordsWorkWithParametersOfAStatement() {
    Dataset<Row> found =
        spark.sql(
            "SELECT rank, uri FROM mm_search(:lake, :query, 1, NULL, 'text')",
            Map.of("lake", lake.layout().root(), "query", "interest rates"));

    assertThat(found.collectAsList())
        .singleElement()
        .matches(row -> row.getString(1).endsWith("2.txt"));
  }

  @Test
  @Order(1)
  void aCatalogIsThatOfARelease() {
    assertThat(rows("SELECT asset_id FROM mm_catalog($L)")).hasSize(5);
    assertThat(rows("SELECT asset_id FROM mm_catalog($L, 1)")).hasSize(4);
    assertThat(rows("SELECT asset_id FROM mm_catalog($L, '" + first.id() + "')")).hasSize(4);
    assertThat(rows("SELECT asset_id FROM mm_catalog($L, CAST(NULL AS INT))")).hasSize(5);
    assertThat(lake.catalog(Optional.of("2")).count()).isEqualTo(5);
  }

  @Test
  @Order(1)
  void vectorsOfACatalogCompareWithNewOnes() {
    List<Row> best =
        rows(
            "SELECT source_uri, mm_similarity(named_struct('encoder', text_encoder, 'vector',"
                + " text_vector), mm_embed_text('loaves in the oven')) AS score FROM mm_catalog($L)"
                + " WHERE modality = 'text' ORDER BY score DESC");

    assertThat(best.get(0).getString(0)).endsWith("1.txt");
    spark.conf().set("spark.lakehouse.family.clip.bundle", "shapes-clip");
    assertThat(
            rows("SELECT source_uri FROM mm_catalog($L) WHERE modality = 'image' ORDER BY"
                    + " mm_similarity(named_struct('encoder', clip_encoder, 'vector', clip_vector),"
                    + " mm_embed_text('a blue circle', 'clip')) DESC")
                .get(0)
                .getString(0))
        .endsWith("blue.png");
  }

  @Test
  @Order(1)
  void anExplanationNamesFiguresRulesJudgementAndModels() {
    String uri =
        rows("SELECT source_uri FROM mm_catalog($L) WHERE modality = 'image' ORDER BY 1")
            .get(0)
            .getString(0);
    List<Row> said = rows("SELECT * FROM mm_explain($L, '" + uri + "')");
    String asHadoopSpellsIt = uri.replace("file:///", "file:/");
    assertThat(rows("SELECT * FROM mm_explain($L, '" + asHadoopSpellsIt + "')")).isEqualTo(said);

    assertThat(said.stream().map(row -> row.getString(0)).distinct())
        .containsExactly("release", "asset", "measurement", "rule", "judgement", "model");
    assertThat(values(said, "release", "release_id")).containsExactly(second.id());
    assertThat(values(said, "asset", "width")).containsExactly("128");
    assertThat(values(said, "rule", "content-is-whole")).containsExactly("met");
    assertThat(values(said, "judgement", "judgement_id")).containsExactly(second.judgementId());
    assertThat(values(said, "model", "clip"))
        .containsExactly(second.family("clip").orElseThrow().encoder());
    assertThat(values(said, "model", "text")).containsExactly("no vector of its own");
    assertThat(said.stream().filter(row -> row.getString(0).equals("measurement")))
        .isNotEmpty()
        .allMatch(row -> !row.isNullAt(3));
  }

  @Test
  @Order(1)
  void anExplanationNamesTheCopiesThatWereLeftOut() {
    List<String> copies = new ArrayList<>();
    for (Row row : rows("SELECT asset_id FROM mm_catalog($L) WHERE modality = 'text'")) {
      copies.addAll(
          values(
              rows("SELECT * FROM mm_explain($L, '" + row.getString(0) + "')"),
              "duplicate",
              "source_uri"));
    }

    assertThat(copies).singleElement().asString().matches(".*/(copy|0)\\.txt");
  }

  private static List<String> values(List<Row> said, String subject, String name) {
    return said.stream()
        .filter(row -> row.getString(0).equals(subject) && row.getString(1).equals(name))
        .map(row -> row.getString(2))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mm_search($L) | expected 3 to 5 arguments and found 1. It is called mm_search(lake, query, k [, filter [, family]])",
        "mm_search() | expected 3 to 5 arguments and found 0. It is called mm_search(",
        "mm_search($L, 'x', 'many') | expected k as a whole number and found 'many', of type STRING",
        "mm_search($L, 'x', NULL) | k is NULL: expected a whole number",
        "mm_search($L, NULL, 1) | query is NULL: expected a text",
        "mm_search($L, 'x', 0) | must be between 1 and 1000",
        "mm_search($L, ' ', 1) | The query is empty",
        "mm_search($L, 'x', 1, 'size > 3') | size",
        "mm_search($L, 'x', 1, NULL, 'nope') | Release 2 has no family 'nope': expected one of [clip, text]",
        "mm_search($L, 'x', rand()) | expected k as a whole number that is the same for all rows",
        "mm_search($L, 'x', element_at(array(1), 0)) | k has no value: element_at(array(1), 0) gives '",
        "mm_search('/no/such/lake', 'x', 1) | No lake at file:/no/such/lake",
        "mm_search(' ', 'x', 1) | The place of the lake is empty",
        "mm_catalog('/no/such/lake') | No lake at file:/no/such/lake",
        "mm_catalog($L, 7) | There is no release '7': expected the number of one of [1, 2], or its id",
        "mm_catalog($L, 1.5) | expected release as a text or a whole number and found 1.5",
        "mm_catalog($L, 1, 2) | expected 1 to 2 arguments and found 3",
        "mm_audit('/no/such/lake') | No lake at file:/no/such/lake",
        "mm_audit($L, 1) | expected 1 argument and found 2. It is called mm_audit(lake)",
        "mm_explain($L) | expected 2 arguments and found 1. It is called mm_explain(lake, asset)",
        "mm_explain('/no/such/lake', 'x') | No lake at file:/no/such/lake",
      })
  @Order(1)
  void aCallThatCannotBeRightIsRefusedBeforeAnythingRuns(String call, String why) {
    assertThatThrownBy(() -> sql("SELECT * FROM " + call))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining(why);
  }

  @Test
  @Order(1)
  void anAssetThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> rows("SELECT * FROM mm_explain($L, 'nobody')"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("Release 2 of " + lake.layout().root() + " does not have 'nobody'");
  }

  @Test
  @Order(1)
  void aLakeWithoutAReleaseSaysSo() {
    Lakehouse young =
        Lakehouse.open(spark, folder.resolve("young").toString(), SETTINGS, Progress.silent());
    FilesSource.Options options =
        new FilesSource.Options(
            folder.resolve("in").toString(), Optional.of("in"), Optional.empty(), Map.of());
    young.ingest(FilesSource.open(options), IngestOptions.defaults());

    Stream.of(
            "mm_search('$Y', 'x', 1)",
            "mm_catalog('$Y')",
            "mm_audit('$Y')",
            "mm_explain('$Y', 'x')")
        .forEach(
            call ->
                assertThatThrownBy(
                        () ->
                            spark.sql("SELECT * FROM " + call.replace("$Y", young.layout().root())))
                    .isInstanceOf(AnalysisException.class)
                    .hasMessageContaining("Nothing is released in " + young.layout().root()));
  }

  @Test
  @Order(2)
  void anAuditNamesWhatIsDamagedOnceItIsAskedFor() throws IOException {
    Dataset<Row> before = sql("SELECT * FROM mm_audit($L)");
    assertThat(before.queryExecution().toString()).isNotEmpty(); // as EXPLAIN does
    damageOneBlob();

    spark.sparkContext().setJobGroup("mine", "my own words", false);
    List<Row> audit = before.collectAsList();
    String group = spark.sparkContext().getLocalProperty("spark.jobGroup.id");
    spark.sparkContext().clearJobGroup();

    assertThat(group).as("the caller's own").isEqualTo("mine");
    assertThat(audit.get(0).<String>getAs("kind")).isEqualTo("summary");
    assertThat(audit.get(0).<Boolean>getAs("clean")).isFalse();
    assertThat(audit.get(0).<String>getAs("found")).endsWith(" in 5 rows");
    assertThat(audit)
        .filteredOn(row -> row.<String>getAs("kind").equals("violation"))
        .isNotEmpty()
        .allMatch(row -> !row.<String>getAs("remedy").isBlank());
    assertThat(before.collectAsList()).isEqualTo(audit); // one answer for a query
  }

  private static void damageOneBlob() throws IOException {
    Path blobs = Path.of(lake.layout().blobs().replace("file:", ""));
    try (Stream<Path> files = Files.walk(blobs)) {
      Path blob =
          files
              .filter(Files::isRegularFile)
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .findFirst()
              .orElseThrow();
      Files.write(blob, new byte[] {1});
    }
  }
}
