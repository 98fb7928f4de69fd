// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands that only look, at the lake that {@link StartTraining} looks at; no Spark starts.
 */
class TestLooking {
  private static final Path KEPT =
      Path.of(System.getProperty("lakehouse.home"), "lakehouse-jobs", "src", "training");

  private static final String CLIP = "lakehouse.family.clip.bundle=shapes-clip";

  @TempDir Path folder;
  private Path lake;

  @BeforeEach
  void copy() throws IOException {
    lake = folder.resolve("a [lake] {1,2} 50%");
    try (Stream<Path> files = Files.walk(KEPT)) {
      for (Path file : files.toList()) {
        Files.copy(file, lake.resolve(KEPT.relativize(file).toString()));
      }
    }
  }

  private record Answer(int exitCode, String out, String err) {
    /** Without the last, which says which lake it is. */
    List<String> lines() {
      return out.lines().filter(line -> !line.startsWith("lake     ")).toList();
    }

    JsonNode json() throws IOException {
      return Json.mapper().readTree(out);
    }
  }

  private Answer ask(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all =
        Stream.concat(Stream.of(words), Stream.of("--lake", lake.toString(), "--set", CLIP))
            .toArray(String[]::new);
    int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    return new Answer(exitCode, out.toString(), err.toString());
  }

  @Test
  void statusSaysWhereItemsStandAndWhatToTypeNext() {
    Answer answer = ask("status");

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(answer.lines())
        .contains(
            "seen                5",
            "dead_letter         1",
            "failed              1",
            "duplicate           0",
            "review              1",
            "pending             0",
            "published           2",
            "publish      would change nothing",
            "release      1 is current, with 2 published; up to date",
            "policy       unknown (8474aa18dcc8)",
            "models       clip shapes-clip, text minilm",
            "next         lakehouse review list --lake '%s'".formatted(lake));
  }

  @Test
  void whatTheNextPublishWouldChangeIsPartOfTheAnswer() throws IOException {
    Files.delete(lake.resolve("tables/verdicts/_delta_log/00000000000000000001.json"));
    Files.delete(lake.resolve("tables/verdicts/_delta_log/00000000000000000001.crc"));
    JsonNode status = ask("status", "--json").json();

    assertThat(status.at("/states/published").asLong()).isEqualTo(2);
    assertThat(status.at("/states/pending").asLong()).isEqualTo(2);
    assertThat(status.at("/reasons").toString()).contains("NOT_JUDGED");
    assertThat(status.at("/unjudged").asBoolean()).isTrue();
    assertThat(status.at("/advice/0").asText()).startsWith("lakehouse run --lake ");
  }

  @Test
  void filesBehindAReasonAreListedAsPeopleWriteThem() throws IOException {
    assertThat(ask("status", "--reason", "CORRUPT").lines())
        .satisfiesExactly(
            line ->
                assertThat(line).endsWith("  dead_letter  CORRUPT  /tmp/sample/files/corrupt.png"),
            line -> assertThat(line).isEqualTo("1 of 1"));
    JsonNode page = ask("status", "--reason", "published", "--limit", "1", "--json").json();
    assertThat(page.get("count").asLong()).isEqualTo(2);
    assertThat(page.get("items")).hasSize(1);
    assertThat(page.at("/items/0/source_uri").asText()).startsWith("file:///");
    assertThat(ask("status", "--reason", "CORUPT").err()).contains("Did you mean CORRUPT?");
  }

  @Test
  void whatWaitsIsCounted() {
    assertThat(ask("review", "list", "--limit", "0").lines()).containsExactly("0 of 1");
    assertThat(ask("review", "list").lines()).last().isEqualTo("1 of 1");
  }

  @Test
  void aReleaseIsShownWhole() throws IOException {
    assertThat(ask("release", "show").lines())
        .anyMatch(line -> line.contains("1 ") && line.contains("2 published"))
        .anyMatch(line -> line.endsWith("recall not measured")); // it was made before that was
    assertThat(
            ask("release", "show", "1", "--json").json().at("/release/families/0/recall").isNull())
        .isTrue();
    assertThat(ask("release", "show", "9").err()).contains("There is no release '9'");
  }

  @Test
  void questionsAreKeptListedAndRemoved() throws IOException {
    Path file =
        Files.writeString(folder.resolve("q.jsonl"), "{\"words\": \"a\", \"expected\": []}\n");

    assertThat(ask("replay", "list").lines()).containsExactly("the lake keeps no questions");
    assertThat(ask("replay", "add", "a red circle", "--expect", "x.png").lines())
        .containsExactly("the lake keeps 1 question");
    assertThat(ask("replay", "add", "--from", file.toString(), "--json").json().get("questions"))
        .hasToString("2");
    JsonNode kept = ask("replay", "list", "--json").json();
    assertThat(kept.at("/queries/0/expected/0").asText()).isEqualTo("x.png");
    assertThat(kept.at("/queries/1/words").asText()).isEqualTo("a");
    assertThat(kept.get("calibrations")).isEmpty();
    assertThat(ask("replay", "remove", kept.at("/queries/0/id").asText()).lines())
        .containsExactly("the lake keeps 1 question");
    assertThat(ask("replay", "list").lines())
        .singleElement()
        .asString()
        .endsWith("text   vector  a  (off topic)");
  }

  @Test
  void aQuestionSaysWhatItIsToFind() {
    Answer silent = ask("replay", "add", "a red circle");
    assertThat(silent.exitCode()).isEqualTo(2);
    assertThat(silent.err()).contains("--expect ASSET, or --off-topic");
    assertThat(ask("replay", "add").err()).contains("--from FILE");
    assertThat(ask("replay", "add", "--from", "nowhere.jsonl").err()).contains("nowhere.jsonl");
    assertThat(ask("replay", "run", "--floor", "2").err()).contains("--floor");
    Answer nothing = ask("replay", "run");
    assertThat(nothing.exitCode()).isEqualTo(3);
    assertThat(nothing.err()).contains("replay add");
  }

  @Test
  void aTableIsShownUnderAConditionOnAList() {
    Answer answer =
        ask("table", "verdicts", "--where", "has(reasons, 'TOO_SHORT')", "--columns", "reasons");

    assertThat(answer.lines())
        .containsExactly("reasons            [TOO_SHORT]", "", "1 of 1 of verdicts, version 1");
    assertThat(ask("table", "verdict").err()).contains("Did you mean verdicts?");
    assertThat(ask("table", "verdicts", "--columns", "reason").err())
        .contains("Did you mean reasons?");
  }

  @Test
  void aTerminalGetsATable() {
    System.setProperty("lakehouse.columns", "60");
    try {
      assertThat(ask("table", "assets", "--columns", "title,size_bytes,state").lines())
          .first()
          .isEqualTo("title           size_bytes  state");
    } finally {
      System.clearProperty("lakehouse.columns");
    }
  }

  @Test
  void runsAndReleasesAreListed() {
    assertThat(ask("table", "runs").lines()).last().isEqualTo("1 of 1 of runs");
    assertThat(ask("release", "list").lines()).hasSize(1);
  }

  @Test
  void aDamagedTableIsNamedWithTheWayOut() throws IOException {
    Files.writeString(
        lake.resolve("tables/assets/_delta_log/00000000000000000001.json"), "{\"cut\":");

    for (Answer answer : List.of(ask("status"), ask("table", "assets"))) {
      assertThat(answer.exitCode()).isEqualTo(6);
      assertThat(answer.err())
          .contains("Cannot read table", "tables/assets", "Run 'lakehouse audit'");
    }
  }

  @Test
  void aPlaceWithoutLakeIsToldSo() {
    lake = folder.resolve("nowhere");
    for (Answer answer : List.of(ask("status"), ask("table", "assets"), ask("review", "list"))) {
      assertThat(answer.exitCode()).isEqualTo(2);
      assertThat(answer.err()).contains("No lake at");
    }
  }
}
