// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.search.SearchMode;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.SearchRequest;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.core.search.Sought;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.lake.release.PublishResult.Outcome;
import dev.lakehouse.jobs.watch.AuditReport;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake goes on when the house learns more: this one was written by commit 255ecf6, by {@code
 * ingest} of seven texts and {@code run} of four pictures with captions and shapes-clip. It is
 * never written anew.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TestLakeOfBefore {
  private static final Settings SETTINGS = Settings.defaults();

  @TempDir static Path folder;
  private static Lakehouse lake;

  @BeforeAll
  static void unpack() throws IOException {
    try (InputStream bytes = TestLakeOfBefore.class.getResourceAsStream("/lakes/before-kinds.zip");
        ZipInputStream zip = new ZipInputStream(bytes)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path place = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(place);
        } else {
          Files.createDirectories(place.getParent());
          Files.copy(zip, place);
        }
      }
    }
    lake =
        Lakehouse.open(
            SparkTest.session(), folder.resolve("lake").toString(), SETTINGS, Progress.silent());
  }

  private static RunResult run(Intake... intakes) {
    return lake.run(List.of(intakes), PublishOptions.from(SETTINGS));
  }

  private static void requireTrusted() {
    AuditReport report = lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0);
    assertThat(report.violations()).isEmpty();
    assertThat(report.remarks()).isEmpty();
  }

  private static List<String> found(String family, String words) {
    try (Searcher searcher = lake.searcher()) {
      return searcher.search(SearchQuery.text(family, words, 2, Optional.empty())).hits().stream()
          .map(TestLakeOfBefore::name)
          .toList();
    }
  }

  private static List<String> holding(String words) {
    try (Searcher searcher = lake.searcher()) {
      SearchRequest request = SearchRequest.of(Sought.words(words)).in(SearchMode.WORDS);
      return searcher.ask(request).stream()
          .flatMap(result -> result.hits().stream().map(TestLakeOfBefore::name))
          .toList();
    }
  }

  private static String name(Hit hit) {
    String uri = hit.row().text("uri").orElse("");
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  @Test
  @Order(1)
  void itIsSoundAndFoundInAsItIs() {
    Release release = Release.current(lake.status().releases()).orElseThrow();

    assertThat(release.sequence()).isEqualTo(1);
    assertThat(release.published()).isEqualTo(7);
    AuditReport report = lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0);
    assertThat(report.violations()).isEmpty();
    assertThat(report.remarks()) // kinds of content came since, and rules for them
        .singleElement()
        .asString()
        .contains("judged by another version");
    assertThat(found("text", "ships at night")).startsWith("harbour.txt");
    assertThat(found("clip", "a green circle")).startsWith("green.png");
    assertThatThrownBy(() -> holding("harbour"))
        .hasMessageContaining("of release 1 for words: an earlier version")
        .hasMessageContaining("publish --rebuild");
  }

  @Test
  @Order(2)
  void aRunJudgesAnewAndComputesNothingAgain() {
    RunResult again = run();

    assertThat(again.measured().computed()).isZero();
    assertThat(again.embedded()).containsOnlyKeys("text", "clip");
    assertThat(again.embedded().values()).allSatisfy(each -> assertThat(each.computed()).isZero());
    assertThat(again.published().outcome()).isEqualTo(Outcome.RELEASED);
    assertThat(again.published().removed()).isZero();
    assertThat(again.published().release().published()).isEqualTo(7);
    assertThat(holding("harbour")).startsWith("harbour.txt"); // the index was made anew
    assertThat(holding("green")).contains("green.png");
    assertThat(run().published().outcome()).isEqualTo(Outcome.UNCHANGED);
  }

  @Test
  @Order(3)
  void itGoesOn() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.writeString(
        in.resolve("mill.txt"),
        "The old mill stands where the two rivers meet, and its wheel has not turned for years.");
    FilesSource.Options more =
        new FilesSource.Options(in.toString(), Optional.of("more"), Optional.empty(), Map.of());

    RunResult next = run(new Intake(FilesSource.open(more), IngestOptions.defaults()));

    assertThat(next.measured().computed()).isEqualTo(1);
    assertThat(next.published().added()).isEqualTo(1);
    assertThat(next.published().removed()).isZero();
    assertThat(next.published().updated()).isZero();
    assertThat(next.published().release().published()).isEqualTo(8);
    assertThat(next.published().release().family("clip")).isPresent();
    requireTrusted();
    assertThat(found("text", "a mill between rivers")).startsWith("mill.txt");
    assertThat(found("text", "ships at night")).startsWith("harbour.txt");
  }
}
