// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.manifest.RowMapping;
import dev.lakehouse.core.connect.object.JsonlSource;
import dev.lakehouse.core.content.BlobMode;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.content.IngestOptions.Known;
import dev.lakehouse.jobs.content.IngestOptions.Vanished;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.pipeline.ReviewStep.Decision;
import dev.lakehouse.jobs.pipeline.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestIdleRuns {
  private static final PublishOptions PUBLISH = PublishOptions.from(Settings.defaults());
  private static final IngestOptions SYNC =
      new IngestOptions(BlobMode.COPY, Vanished.MARK_GONE, Known.BELIEVED);
  private static final IngestOptions REREAD =
      new IngestOptions(BlobMode.COPY, Vanished.KEEP, Known.READ_AGAIN);

  @TempDir Path folder;
  private Path in;
  private Lakehouse lake;

  @BeforeEach
  void fill() throws Exception {
    in = Files.createDirectory(folder.resolve("in"));
    file("tide.txt", "The tide comes in twice a day, and an hour later every day.");
    file("bees.txt", "Bees find their way home by the sun, even when it is cloudy.");
    file("page.html", "<html><body><p>Lanterns are lit at dusk in the harbour.</p></body></html>");
    file("short.txt", "x");
    Files.createSymbolicLink(in.resolve("lost.txt"), folder.resolve("nowhere"));
    Thread.sleep(2_100); // until no file may change once more at the time that it says of itself
    lake =
        Lakehouse.open(
            SparkTest.session(), lakeAt().toString(), Settings.defaults(), Progress.silent());
  }

  private Path lakeAt() {
    return folder.resolve("lake");
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(in.resolve(name), text);
  }

  private Intake files(IngestOptions options) {
    return new Intake(
        FilesSource.open(
            new FilesSource.Options(in.toString(), Optional.of("s"), Optional.empty(), Map.of())),
        options);
  }

  private List<Intake> files() {
    return List.of(files(IngestOptions.defaults()));
  }

  private IdleRuns idle(Map<String, String> told) {
    return new IdleRuns(lake.layout(), Settings.defaults().orElse(told, "test"), Map.of());
  }

  private Optional<IdleRuns.Answer> answer(List<Intake> intakes) {
    return idle(Map.of()).run(() -> intakes, PUBLISH, Optional.empty());
  }

  /** But for what is a run's own. */
  private static JsonNode comparable(Object answer) throws IOException {
    ObjectNode tree = (ObjectNode) Json.mapper().readTree(Json.line(answer));
    tree.remove(List.of("run", "report", "page"));
    return tree;
  }

  /** One lake after the other, since each thing that changes is one that counts. */
  @Test
  void aRunIsToldThatItHasNothingToDoUntilItHas() throws Exception {
    assertThat(answer(files())).isEmpty(); // there is no lake

    RunResult first = lake.run(files(), PUBLISH);
    IdleRuns.Answer idle = answer(files()).orElseThrow();

    assertThat(comparable(idle.json()))
        .isEqualTo(comparable(Shapes.of(lake.run(files(), PUBLISH)))); // Spark says the same
    assertThat(idle.ingested()).singleElement().satisfies(s -> assertThat(s.unread()).isEqualTo(4));
    assertThat(idle.report()).isEqualTo(first.page().orElseThrow());
    assertThat(runs()).hasSize(3).allSatisfy(run -> assertThat(run).contains("exit_code=0"));
    assertThat(answer(List.of())).as("without a source").isPresent();
    assertThat(answer(List.of(files(SYNC)))).as("nothing vanished").isPresent();
    assertThat(idle(Map.of()).ingest(() -> files().get(0))).isPresent();

    assertThat(answer(List.of(files(REREAD)))).as("--reread").isEmpty();
    assertThat(
            idle(Map.of(Setting.MAX_BYTES.key(), "1000"))
                .run(this::files, PUBLISH, Optional.empty()))
        .as("another setting")
        .isEmpty();
    assertThat(idle(Map.of()).run(this::files, PUBLISH.atLeast(3), Optional.empty()))
        .as("another demand")
        .isEmpty();
    Policy other = Policy.parse(Policy.builtIn().text() + "\n# another\n", "other");
    assertThat(idle(Map.of()).run(this::files, PUBLISH, Optional.of(other)))
        .as("another policy")
        .isEmpty();
    assertThat(idle(Map.of()).run(this::files, PUBLISH, Optional.of(Policy.builtIn())))
        .as("the policy in force")
        .isPresent();

    Files.delete(in.resolve("lost.txt"));
    assertThat(answer(files())).as("what could not be taken is not there any more").isEmpty();
    Files.createSymbolicLink(in.resolve("lost.txt"), folder.resolve("elsewhere"));
    assertThat(answer(files())).as("cannot be taken for another reason").isEmpty();
    Files.delete(in.resolve("lost.txt"));
    Files.createSymbolicLink(in.resolve("lost.txt"), folder.resolve("nowhere"));
    assertThat(answer(files())).as("as before").isPresent();
    Path aside = folder.resolve("aside.txt");
    Files.move(in.resolve("tide.txt"), aside);
    assertThat(answer(files())).as("what vanished stays").isPresent();
    assertThat(answer(List.of(files(SYNC)))).as("what vanished leaves").isEmpty();
    Files.move(aside, in.resolve("tide.txt")); // changes when anything of it changed last
    assertThat(answer(files())).as("a file that was moved").isEmpty();
    file("new.txt", "Snow falls on the mountains in the north from October on.");
    assertThat(idle(Map.of()).ingest(() -> files().get(0))).as("a new file").isEmpty();
  }

  /** Rows need no file: a text is its own state, and rows of one key are one item. */
  @Test
  void rowsOfAManifestAreKnownByWhatTheySay() throws Exception {
    Path rows = folder.resolve("rows.jsonl");
    String tide = "{\"id\": \"tide\", \"text\": \"The tide comes in twice a day.\"}\n";
    String snow = "{\"id\": \"snow\", \"text\": \"Snow falls from October on.\"}\n";
    Files.writeString(rows, tide + snow + tide);
    lake.run(rows(rows), PUBLISH);

    IdleRuns.Answer idle = answer(rows(rows)).orElseThrow();
    assertThat(comparable(idle.json()))
        .isEqualTo(comparable(Shapes.of(lake.run(rows(rows), PUBLISH)))); // Spark says the same
    assertThat(idle.ingested())
        .singleElement()
        .satisfies(said -> assertThat(List.of(said.unread(), said.unchanged())).containsOnly(2L));

    Files.writeString(rows, snow + tide + tide + tide);
    assertThat(answer(rows(rows))).as("in another order").isPresent();
    Files.writeString(rows, tide + snow.replace("falls", "fell"));
    assertThat(answer(rows(rows))).as("another text").isEmpty();
    Files.writeString(rows, tide + snow.replace("}", ", \"topic\": \"winter\"}"));
    assertThat(answer(rows(rows))).as("another fact").isEmpty();
    Files.writeString(rows, tide);
    assertThat(answer(rows(rows))).as("one less").isEmpty();
    Files.writeString(rows, tide + snow + snow.replace("snow", "rain"));
    assertThat(answer(rows(rows))).as("one more").isEmpty();
    Files.writeString(rows, tide + snow);
    assertThat(answer(rows(rows))).as("as before").isPresent();
  }

  private static List<Intake> rows(Path file) {
    ManifestOptions options =
        new ManifestOptions(
            file.toString(),
            RowMapping.parse("id=id,text=text"),
            Optional.empty(),
            Optional.of("rows"),
            Map.of());
    return List.of(new Intake(JsonlSource.open(options), IngestOptions.defaults()));
  }

  /** What changes the lake beside runs. */
  @Test
  void aRunGoesOnWithWhatOthersDid() throws Exception {
    lake.run(files(), PUBLISH);
    Path kept = folder.resolve("kept");
    FileUtils.copyDirectory(lakeAt().toFile(), kept.toFile());
    assertThat(answer(files())).isPresent();

    lake.decide(
        List.of(in.resolve("bees.txt").toUri().toString().replace("file:/", "file:///")),
        Decision.REJECT,
        "no",
        "me");
    assertThat(answer(files())).as("a decision").isEmpty();

    back(kept);
    assertThat(answer(files())).isPresent();
    lake.judge(
        Optional.of(Policy.parse(Policy.builtIn().text() + "\n# another\n", "other")),
        Scope.CHANGED);
    assertThat(answer(files())).as("another policy in force").isEmpty();

    back(kept);
    lake.rollback();
    assertThat(answer(files())).as("a withdrawn release").isEmpty();

    back(kept);
    assertThat(answer(files())).isPresent();
    Path torn = lakeAt().resolve("tables/verdicts/_delta_log/00000000000000000002.json");
    Files.writeString(
        torn, "{\"commitInfo\":{\"time"); // as a crash leaves it where nothing is renamed
    assertThat(answer(files())).as("a commit that Spark has to mend").isEmpty();
    assertThat(idle(Map.of()).ingest(() -> files().get(0)))
        .as("which ingest leaves to it as well")
        .isEmpty();
    Files.delete(torn);
    assertThat(answer(files())).isPresent();

    Files.writeString(lakeAt().resolve("settled.json"), "{ no note");
    Files.deleteIfExists(lakeAt().resolve(".settled.json.crc"));
    assertThat(answer(files())).as("a note that is damaged").isEmpty();
  }

  private void back(Path kept) throws IOException {
    FileUtils.deleteDirectory(lakeAt().toFile());
    FileUtils.copyDirectory(kept.toFile(), lakeAt().toFile());
    lake =
        Lakehouse.open(
            SparkTest.session(), lakeAt().toString(), Settings.defaults(), Progress.silent());
  }

  private List<String> runs() {
    return lake.table("runs", Optional.empty(), List.of("run", "exit_code"), 10).rows().stream()
        .map(Object::toString)
        .toList();
  }
}
