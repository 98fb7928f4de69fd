// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.Json;
import dev.lakehouse.core.demo.Scene;
import dev.lakehouse.core.watch.report.PageText;
import dev.lakehouse.core.watch.state.LakeStatus;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.RunResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The pages about the runs of one lake; the tests follow one another. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TestRunReport {
  private static final String HOSTILE = "<img src=x onerror=alert(1)> & \"it\".txt";

  @TempDir static Path folder;
  private static LakeOfFiles files;
  private static Lakehouse lake;
  private static RunResult first;
  private static PageText page;

  @BeforeAll
  static void runOnce() throws Exception {
    files = new LakeOfFiles(folder);
    write("ship.txt", "The ship came in at night, and nobody but the keeper of the light saw it.");
    write(
        "copy of ship.txt",
        "The ship came in at night, and nobody but the keeper of the light saw it.");
    write("rain.txt", "It rained for a week until the river took the lower bridge away with it.");
    write("short.txt", "too short");
    write(
        HOSTILE,
        "A sentence </script><script>alert('x')</script> <b>that</b> nobody should run in a browser.");
    Files.write(folder.resolve("in/scene.png"), LakeOfFiles.png(Scene.unseenGallery(1, 7).get(0)));
    Files.write(
        folder.resolve("in/cut.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0});
    lake = files.with(Map.of());
    first = files.run(lake, Map.of());
    page = PageText.of(Files.readString(Path.of(place(first))));
  }

  private static void write(String name, String text) throws IOException {
    Path file = folder.resolve("in").resolve(name);
    Files.createDirectories(folder.resolve("in"));
    Files.writeString(file, text);
  }

  private static String place(RunResult run) {
    return run.page().orElseThrow().replaceFirst("^file:", "");
  }

  private record Answer(int exitCode, String out, String err) {
    String last() {
      return out.lines().reduce((one, next) -> next).orElse("");
    }
  }

  private static Answer ask(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all =
        Stream.concat(Stream.of(words), Stream.of("--lake", folder.resolve("lake").toString()))
            .toArray(String[]::new);
    int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    return new Answer(exitCode, out.toString(), err.toString());
  }

  @Test
  @Order(1)
  void countsAreThoseOfTheTables() throws Exception {
    LakeStatus status = first.status();

    assertThat(Path.of(place(first)))
        .isEqualTo(folder.resolve("lake/runs/" + first.run() + "/run-report.html"));
    assertThat(page.texts("//h1"))
        .containsExactly(
            "%d of %d items published".formatted(status.states().get("published"), status.seen()));
    assertThat(status.states()).containsEntry("published", 3L).containsEntry("duplicate", 1L);
    for (LakeStatus.Reason reason : status.reasons()) {
      assertThat(page.texts("//section[@id='sources']//tr"))
          .anyMatch(row -> row.startsWith("%s %d ".formatted(reason.reason(), reason.count())));
    }
    assertThat(page.texts("//section[@id='sources']//tbody/tr").get(0))
        .contains(" %d ".formatted(status.seen()));
    assertThat(page.words()).contains("Release 1 is the first: 3 items.", "first judgement");
  }

  @Test
  @Order(1)
  void namesAndTextsOfOthersStayText() throws Exception {
    assertThat(page.texts("//img")).isEmpty();
    assertThat(page.texts("//script")).hasSize(3);
    assertThat(page.words()).contains(HOSTILE, "</script><script>alert('x')</script> <b>that</b>");
  }

  @Test
  @Order(1)
  void theThresholdsOfThePolicyAreDrawnAndItemsShownOnBothSides() throws Exception {
    assertThat(page.texts("//p[@class='threshold fail']"))
        .contains("words >= 5, else fail TOO_SHORT : 1 of 4 beyond");
    assertThat(page.charts("histogram"))
        .anyMatch(chart -> chart.at("/lines/0/label").asText().equals("5"));
    assertThat(page.texts("//article[@class='rule'][h3/code='text-has-words']//li").get(0))
        .contains("too short", "short.txt", "words 2");
  }

  @Test
  @Order(1)
  void copiesStandSideBySideAndTheKeeperIsMarked() throws Exception {
    assertThat(page.texts("//section[@id='copies']//li"))
        .satisfiesExactlyInAnyOrder(
            kept -> assertThat(kept).startsWith("kept"),
            copy -> assertThat(copy).startsWith("copy"));
  }

  @Test
  @Order(1)
  void whatCouldNotBeReadTimesAndModelsAreThere() throws Exception {
    assertThat(page.texts("//section[@id='lost']//h3").toString()).contains("measure");
    assertThat(page.texts("//section[@id='lost']//tbody//th").toString()).contains("cut.png");
    assertThat(page.texts("//section[@id='time']//tbody//th"))
        .contains("measure", "judge", "embed text", "publish");
    assertThat(page.words())
        .contains(first.published().release().families().get(0).bundleDigest())
        .contains(first.judged().policyDigest());
  }

  @Test
  @Order(2)
  void aRunThatReleasesNothingSaysSoAndWhatItsJudgementChanged() throws Exception {
    Files.delete(folder.resolve("in/rain.txt"));
    write("snow.txt", "Snow fell on the harbour all day, and the boats lay still beneath it.");

    assertThatThrownBy(
            () ->
                files.run(
                    files.with(
                        Map.of(
                            "lakehouse.text.max-inline",
                            "0",
                            "lakehouse.errors.max-share.measure",
                            "0")),
                    Map.of()))
        .hasMessageContaining("lakehouse.errors.max-share.measure");

    PageText failed = PageText.of(lake.report(Optional.empty()));
    Path beside = newest();
    assertThat(PageText.of(Files.readString(beside)).texts("//h1")).isEqualTo(failed.texts("//h1"));
    assertThat(failed.words())
        .contains(
            "ended with exit 4", "TOO_MANY_ERRORS", "This run released nothing", ", as before.");
  }

  private static Path newest() throws IOException {
    try (Stream<Path> runs = Files.list(folder.resolve("lake/runs"))) {
      return runs.max(java.util.Comparator.naturalOrder()).orElseThrow().resolve("run-report.html");
    }
  }

  @Test
  @Order(3)
  void theNextRunTellsWhatCameAndWentAndMayLeaveOutItsPage() throws Exception {
    RunResult next =
        files.run(files.with(Map.of("lakehouse.report.page", "false")), Map.of("sync", "true"));
    PageText told = PageText.of(lake.report(Optional.of(next.run())));

    assertThat(next.page()).isEmpty();
    assertThat(Path.of(next.report().replaceFirst("^file:", "")).resolveSibling("run-report.html"))
        .doesNotExist();
    assertThat(RunCommand.place(next)).endsWith("run-report.json");
    assertThat(told.words())
        .contains("Release 2 against release 1: 1 came in,")
        .contains("newly pass");
  }

  @Test
  @Order(4)
  void thePastIsToldFromTheTablesAsTheyWere() throws Exception {
    Path out = folder.resolve("release 1.html");
    Answer answer = ask("report", "--release", "1", "--out", out.toString());

    assertThat(answer.exitCode()).as(answer.err()).isZero();
    assertThat(answer.last()).isEqualTo("report   " + out);
    PageText then = PageText.of(Files.readString(out));
    assertThat(then.texts("//h1")).isEqualTo(page.texts("//h1"));
    assertThat(then.texts("//ol[@class='funnel']/li"))
        .isEqualTo(page.texts("//ol[@class='funnel']/li"));
    Answer named = ask("report", "--run", first.run(), "--json", "--out", out.toString());
    assertThat(Json.mapper().readTree(named.out()).path("page").asText()).isEqualTo(out.toString());
    assertThat(ask("report", "--run", "2099").err()).contains("There is no run '2099'");
    assertThat(ask("report", "--release", "9").err()).contains("There is no release '9'");
    assertThat(ask("report", "--run", "2", "--release", "1").exitCode()).isEqualTo(2);
  }

  @Test
  @Order(4)
  void aTableThatAReportDoesNotNameWasNotThere() throws Exception {
    report("20190202T000000Z-former", ",\"after\":{\"assets\":0}");
    report("20190303T000000Z-oldest", "");

    assertThat(PageText.of(lake.report(Optional.of("20190202"))).words())
        .contains("Nothing was judged yet.", "Nothing was seen");
    assertThat(PageText.of(lake.report(Optional.of("20190303"))).words())
        .contains("names no versions of tables. What follows is the lake as it is now.");
  }

  private static void report(String run, String more) throws IOException {
    Path runs = Files.createDirectories(folder.resolve("lake/runs").resolve(run));
    Files.writeString(
        runs.resolve("run-report.json"), "{\"run\":\"%s\",\"exit_code\":0%s}".formatted(run, more));
  }

  @Test
  @Order(5)
  void aRunThatWasKilledAndTablesThatAreGoneAreToldAsSuch() throws Exception {
    Path killed = Files.createDirectories(folder.resolve("lake/runs/20200101T000000Z-killed"));
    Files.writeString(
        killed.resolve("started.json"),
        "{\"run\":\"20200101T000000Z-killed\",\"command\":\"run\",\"started\":\"2020-01-01T00:00:00Z\"}");

    assertThat(PageText.of(lake.report(Optional.of("2020"))).words())
        .contains("no end known", "it was killed, or still goes on")
        .contains("assets unknown ");

    for (String table : List.of("verdicts", "assets")) {
      try (Stream<Path> data = Files.walk(folder.resolve("lake/tables").resolve(table))) {
        for (Path file : data.filter(each -> each.toString().endsWith(".parquet")).toList()) {
          Files.delete(file);
        }
      }
    }
    assertThat(PageText.of(lake.report(Optional.of(first.run()))).words())
        .contains(
            "A run of which little can be told any more",
            "This cannot be told any more: what the tables held then")
        .contains("embed text");
  }
}
