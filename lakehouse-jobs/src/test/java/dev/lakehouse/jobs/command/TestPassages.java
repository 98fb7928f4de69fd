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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing of a long content is lost to search. */
class TestPassages {
  private static final String END =
      "At last the beekeeper carried the honey down into the valley and sold it at the fair.";

  @TempDir Path folder;

  private Lakehouse lake() {
    return Lakehouse.open(
        SparkTest.session(),
        folder.resolve("lake").toString(),
        Settings.defaults(),
        Progress.silent());
  }

  private RunResult run(Lakehouse lake) {
    SourceRequest files =
        new SourceRequest(
            SourceRequest.Kind.of("files"), Map.of("path", folder.resolve("in").toString()));
    return RunCommand.run(
        lake, List.of(files.prepare()), PublishOptions.from(Settings.defaults()), Optional.empty());
  }

  private Path write(String name, String text) throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    return Files.writeString(in.resolve(name), text);
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
  void theLastParagraphOfALongTextIsFoundAtItsPlace() throws IOException {
    String book = book();
    write("book.txt", book);
    write("note.txt", "A short note about the weather in spring, nothing more than that.");
    Lakehouse lake = lake();

    RunResult first = run(lake);

    assertThat(first.derived().items()).isEqualTo(2);
    try (Searcher searcher = lake.searcher()) {
      Hit hit =
          searcher
              .search(SearchQuery.text("text", "selling honey at a market", 1, Optional.empty()))
              .hits()
              .get(0);
      assertThat(hit.row().text("uri").orElseThrow()).endsWith("book.txt");
      assertThat(hit.segment()).matches("chars/\\d+-" + book.length());
      assertThat(hit.row().text("excerpt").orElseThrow()).contains("On day 29");
    }
    assertThat(catalog("source_uri LIKE '%note.txt'").<String>getAs("text_pooling")).isNull();
    assertThatTheVectorIsTheMeanOfThePassages("book.txt");
    AuditReport audit = lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0);
    assertThat(audit.violations()).isEmpty();
    assertThat(audit.remarks()).isEmpty();

    RunResult again = run(lake);

    assertThat(again.derived().computed()).isZero();
    assertThat(again.measured().computed()).isZero();
    assertThat(again.published().outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(again.status().states().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(2);
  }

  @Test
  void aRecordingIsFoundByWhatIsSaidInIt() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in/talks"));
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
    Lakehouse lake = lake();

    RunResult run = run(lake);

    assertThat(run.published().release().published()).isEqualTo(6);
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
    AuditReport audit = lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0);
    assertThat(audit.violations()).isEmpty();
    assertThat(run(lake).published().outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  void aManifestMaySayWhatIsSaid() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.write(in.resolve("a.wav"), Waves.tone(16_000, 2, 300, 0.2));
    Path rows =
        Files.writeString(
            in.resolve("rows.jsonl"),
            """
            {"audio_filepath": "a.wav", "text": "The orchard behind the house is full of ripe apples.", "speaker": "7"}
            """);
    Lakehouse lake = lake();
    SourceRequest manifest =
        new SourceRequest(
            SourceRequest.Kind.of("jsonl"),
            Map.of("path", rows.toString(), "map", "file=audio_filepath,transcript=text"));

    RunResult run =
        RunCommand.run(
            lake,
            List.of(manifest.prepare()),
            PublishOptions.from(Settings.defaults()),
            Optional.empty());

    assertThat(run.published().release().published()).isEqualTo(1);
    try (Searcher searcher = lake.searcher()) {
      Hit hit = recording(searcher, "fruit trees in a garden");
      assertThat(hit.segment()).isEqualTo("transcript");
      assertThat(hit.row().text("uri").orElseThrow()).endsWith("a.wav");
    }
  }

  private Row catalog(String condition) {
    return table(Tables.PUBLISHED).where(condition).first();
  }

  private Dataset<Row> table(Table table) {
    return SparkTest.session()
        .read()
        .format("delta")
        .load(folder.resolve("lake/tables/" + table.name()).toString());
  }

  private void assertThatTheVectorIsTheMeanOfThePassages(String file) {
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
    return searcher
        .search(SearchQuery.text("text", words, 1, Optional.of("modality = 'audio'")))
        .hits()
        .get(0);
  }

  @Test
  void passagesAreJudgedWithWhatTheyBelongTo() throws IOException {
    write("book.txt", book());
    Path policy =
        Files.writeString(
            folder.resolve("policy.yaml"),
            """
            name: strict
            keeper: [earliest-seen]
            rules:
              - name: no-honey
                applies_to: text
                require: NOT exists(passages, p -> p.text LIKE '%beekeeper%')
                severity: fail
                reason: HONEY
            """);
    Lakehouse lake = lake();
    RunResult unused = run(lake);

    lake.judge(Optional.of(Policy.parse(Files.readString(policy))), Scope.CHANGED);

    assertThat(table(Tables.VERDICTS).selectExpr("reasons[0]").first().getString(0))
        .isEqualTo("HONEY");
  }
}
