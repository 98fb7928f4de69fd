// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.codec.media.Waves;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.RunResult;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.command.input.SourceRequest;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.lake.release.PublishResult.Outcome;
import dev.lakehouse.jobs.pipeline.Scope;
import dev.lakehouse.jobs.watch.AuditReport;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of a long content is lost to search, of one lake; the last test judges it anew. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TestPassages {
  private static final String END =
      "At last the beekeeper carried the honey down into the valley and sold it at the fair.";

  /** Texts and recordings, and the files that say what is said in these. */
  private static final int ASSETS = 9;

  private static final int TEXTS = 5;

  @TempDir static Path folder;
  private static Lakehouse lake;
  private static RunResult first;

  @BeforeAll
  static void runOnce() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in/talks")).getParent();
    Files.writeString(in.resolve("book.txt"), book());
    Files.writeString(
        in.resolve("note.txt"),
        "A short note about the weather in spring, nothing more than that.");
    record(in.resolve("talks"));
    Path listed = Files.createDirectories(folder.resolve("listed"));
    Files.write(listed.resolve("a.wav"), Waves.tone(16_000, 2, 350, 0.2));
    Files.writeString(
        listed.resolve("rows.jsonl"),
        """
        {"audio_filepath": "a.wav", "text": "The orchard behind the house is full of ripe apples.", "speaker": "7"}
        """);
    lake =
        Lakehouse.open(
            SparkTest.session(),
            folder.resolve("lake").toString(),
            Settings.defaults(),
            Progress.silent());
    first = run();
  }

  private static RunResult run() {
    SourceRequest files =
        new SourceRequest(
            SourceRequest.Kind.of("files"), Map.of("path", folder.resolve("in").toString()));
    SourceRequest manifest =
        new SourceRequest(
            SourceRequest.Kind.of("jsonl"),
            Map.of(
                "path",
                folder.resolve("listed/rows.jsonl").toString(),
                "map",
                "file=audio_filepath,transcript=text"));
    return RunCommand.run(
        lake,
        List.of(files.prepare(), manifest.prepare()),
        PublishOptions.from(Settings.defaults()),
        Optional.empty());
  }

  /** Recordings, and what is said in them. */
  private static void record(Path in) throws IOException {
    Files.write(in.resolve("morning.wav"), Waves.tone(16_000, 70, 300, 0.2));
    Files.writeString(
        in.resolve("morning.en.srt"),
        """
        1
        00:00:02,000 --> 00:00:06,000
        The council met on Tuesday to talk about the new railway station.

        2
        00:00:50,000 --> 00:00:58,500
        Bees need flowers, and a beekeeper sells honey at the market in the valley.
        """);
    Files.write(in.resolve("evening.wav"), Waves.tone(16_000, 3, 500, 0.2));
    Files.writeString(
        in.resolve("evening.txt"), "Somebody explains how a sailing ship turns against the wind.");
    Files.write(in.resolve("84-121-0001.wav"), Waves.tone(16_000, 3, 700, 0.2));
    Files.writeString(
        in.resolve("84-121.trans.txt"),
        """
        84-121-0000 THE BAKER OPENED HIS SHOP BEFORE DAWN
        84-121-0001 THE VOLCANO THREW ASHES OVER THE WHOLE ISLAND
        """);
  }

  private static String book() {
    String story =
        IntStream.range(0, 300)
            .mapToObj(
                i ->
                    "On day %d the survey of the northern railway measured bridge number %d again. "
                        .formatted(i, 7 * i))
            .collect(Collectors.joining());
    return story + "\n\n" + END;
  }

  @Test
  @Order(1)
  void theLastParagraphOfALongTextIsFoundAtItsPlace() {
    try (Searcher searcher = lake.searcher()) {
      Hit hit = best(searcher, "selling honey at a market", "uri LIKE '%.txt'");
      assertThat(hit.row().text("uri").orElseThrow()).endsWith("book.txt");
      assertThat(hit.segment()).matches("chars/\\d+-" + book().length());
      assertThat(hit.row().text("excerpt").orElseThrow()).contains("On day 29");
    }
    assertThat(catalog("source_uri LIKE '%note.txt'").<String>getAs("text_pooling")).isNull();
    assertThatTheVectorIsTheMeanOfThePassages("book.txt");
  }

  @Test
  @Order(1)
  void aRecordingIsFoundByWhatIsSaidInIt() {
    try (Searcher searcher = lake.searcher()) {
      Hit hit = recording(searcher, "selling honey");
      assertThat(hit.row().text("uri").orElseThrow()).endsWith("morning.wav");
      assertThat(hit.segment()).isEqualTo("time/50.00-58.50");
      Hit other = recording(searcher, "a boat with sails");
      assertThat(other.row().text("uri").orElseThrow()).endsWith("evening.wav");
      assertThat(other.segment()).isEqualTo("transcript");
      Hit line = recording(searcher, "an eruption covers the land");
      assertThat(line.row().text("uri").orElseThrow()).endsWith("84-121-0001.wav");
      assertThat(line.segment()).isEqualTo("transcript");
    }
    assertThatTheVectorIsTheMeanOfThePassages("morning.wav");
  }

  @Test
  @Order(1)
  void aManifestMaySayWhatIsSaid() {
    try (Searcher searcher = lake.searcher()) {
      Hit hit = recording(searcher, "fruit trees in a garden");
      assertThat(hit.segment()).isEqualTo("transcript");
      assertThat(hit.row().text("uri").orElseThrow()).endsWith("a.wav");
    }
  }

  @Test
  @Order(2)
  void allOfItIsProvedAndASecondRunComputesNothing() {
    assertThat(first.derived().items()).isEqualTo(TEXTS);
    assertThat(first.published().release().published()).isEqualTo(ASSETS);
    AuditReport audit = lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0);
    assertThat(audit.violations()).isEmpty();
    assertThat(audit.remarks()).isEmpty();

    RunResult again = run();

    assertThat(again.derived().computed()).isZero();
    assertThat(again.measured().computed()).isZero();
    assertThat(again.published().outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(again.status().states().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(ASSETS);
  }

  private static Row catalog(String condition) {
    return table(Tables.PUBLISHED).where(condition).first();
  }

  private static Dataset<Row> table(Table table) {
    return SparkTest.session()
        .read()
        .format("delta")
        .load(folder.resolve("lake/tables/" + table.name()).toString());
  }

  private static void assertThatTheVectorIsTheMeanOfThePassages(String file) {
    Row asset = catalog("source_uri LIKE '%" + file + "'");
    assertThat(asset.<String>getAs("text_pooling")).isEqualTo("mean");
    List<Row> passages =
        table(Tables.PUBLISHED)
            .where("source_uri LIKE '%" + file + "'")
            .selectExpr("explode(passages.sha256) AS input_sha256")
            .join(table(Tables.EMBEDDINGS), "input_sha256")
            .collectAsList();
    assertThat(passages).hasSizeGreaterThan(1);
    List<Float> vector = asset.getList(asset.fieldIndex("text_vector"));
    double[] mean = new double[vector.size()];
    for (Row passage : passages) {
      List<Float> of = passage.getList(passage.fieldIndex("vector"));
      Arrays.setAll(mean, i -> mean[i] + of.get(i));
    }
    double length = Math.sqrt(Arrays.stream(mean).map(x -> x * x).sum());
    for (int i = 0; i < mean.length; i++) {
      assertThat((double) vector.get(i)).isCloseTo(mean[i] / length, within(1e-6));
    }
    assertThat(asset.<String>getAs("text_encoder"))
        .isEqualTo(passages.get(0).<String>getAs("encoder"));
    assertThat(asset.<Integer>getAs("text_dim")).isEqualTo(vector.size());
  }

  private static Hit recording(Searcher searcher, String words) {
    return best(searcher, words, "modality = 'audio'");
  }

  private static Hit best(Searcher searcher, String words, String filter) {
    return searcher.search(SearchQuery.text("text", words, 1, Optional.of(filter))).hits().get(0);
  }

  @Test
  @Order(3)
  void passagesAreJudgedWithWhatTheyBelongTo() {
    Policy strict =
        Policy.parse(
            """
            name: strict
            keeper: [earliest-seen]
            rules:
              - name: no-honey
                applies_to: text
                require: NOT exists(passages, p -> p.text LIKE '%fair.')
                severity: fail
                reason: HONEY
            """);

    lake.judge(Optional.of(strict), Scope.CHANGED);

    assertThat(table(Tables.VERDICTS).where("reasons[0] = 'HONEY'").count()).isEqualTo(1);
  }
}
