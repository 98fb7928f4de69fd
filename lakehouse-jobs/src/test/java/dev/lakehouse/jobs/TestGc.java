// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.child.MediaTools;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.demo.Scene;
import dev.lakehouse.core.demo.SceneFilm;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.index.IndexChange;
import dev.lakehouse.core.lake.index.IndexPlace;
import dev.lakehouse.core.lake.index.LanceIndex;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.pipeline.sweep.GcOptions;
import dev.lakehouse.jobs.pipeline.sweep.GcResult;
import dev.lakehouse.jobs.pipeline.sweep.Leftovers;
import dev.lakehouse.jobs.pipeline.sweep.Leftovers.Kind;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import dev.lakehouse.jobs.watch.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake, and what its commands left behind. */
class TestGc {
  private static final Settings SETTINGS = TamperedLake.SETTINGS;

  /** When everything that a test makes is old. */
  private static final Clock IN_TWO_DAYS = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));

  /** A name that would mean something in a pattern. */
  private static final String LAKE = "[i]{j,k}* %41 #?+a:b lake";

  @TempDir Path folder;
  private Lakehouse lake;

  @BeforeEach
  void copied() throws IOException {
    TamperedLake.shared().copy(folder.resolve(LAKE));
    lake = Lakehouse.open(SparkTest.session(), folder + "/" + LAKE, SETTINGS, Progress.silent());
  }

  /** Makes a release that holds a text more, and a film, whose pictures are blobs as well. */
  private void release(String note) throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    SceneFilm.write(in.resolve("film.webm"), Scene.unseenGallery(2, 7), MediaTools.standard());
    Files.writeString(
        in.resolve(note),
        note + " tells how the tide comes in twice a day, and why it goes out again.");
    FilesSource.Options files =
        new FilesSource.Options(in.toString(), Optional.of("in"), Optional.empty(), Map.of());
    lake.run(
        List.of(new Intake(FilesSource.open(files), IngestOptions.defaults())),
        PublishOptions.from(SETTINGS));
  }

  private GcResult gc(GcOptions options) {
    return lake.gc(options, IN_TWO_DAYS);
  }

  private List<Violation> violations() {
    return lake.audit(ReleaseChoice.ALL, Sample.ALL).stream()
        .flatMap(report -> report.violations().stream())
        .toList();
  }

  private void assertEverythingNamedStands() {
    assertThat(violations()).isEmpty();
    assertThat(gc(GcOptions.dryRun()).leftovers()).isEmpty();
    try (Searcher searcher = lake.searcher()) {
      assertThat(searcher.search(SearchQuery.text("text", "the tide", 9, Optional.empty())).hits())
          .isNotEmpty();
    }
  }

  @Test
  void aDayHasToPass() {
    assertThat(lake.gc(GcOptions.dryRun()).leftovers()).isEmpty();
    assertThatThrownBy(() -> GcOptions.dryRun().olderThan("23h"))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining("at least 24h");
  }

  @Tag("slow")
  @Test
  void versionsOfAWithdrawnReleaseGoOnDemand() throws IOException {
    release("note.txt");
    Release withdrawn = lake.rollback();
    gc(GcOptions.dryRun().givingUpWithdrawn().apply());
    release("letter.txt");

    GcResult kept = gc(GcOptions.dryRun());
    GcResult given = gc(GcOptions.dryRun().givingUpWithdrawn().apply());

    assertThat(given.count()).isGreaterThan(kept.count());
    assertThat(given.bytes()).isGreaterThan(kept.bytes());
    assertThat(lake.current().orElseThrow().sequence()).isEqualTo(withdrawn.sequence() + 1);
    assertThat(violations()).isEmpty();
  }

  @Test
  void whatNobodyNamesGoesAndEveryReleaseStands() throws IOException {
    abandonPublish(lake.current().orElseThrow());
    release("note.txt"); // takes its place
    Path blob = blob(folder.resolve(LAKE + "/blobs"), "ab");
    Path upload = folder.resolve(LAKE + "/blobs/.staging/half");
    Files.createDirectories(upload.getParent());
    Files.writeString(upload, "half of a bl");
    Path listing = folder.resolve(LAKE + "/tables/assets_spool/20260101T000000Z-abcdef");
    Files.createDirectories(listing);
    Files.writeString(listing.resolve("part-0.parquet"), "items");

    List<Leftovers> found = gc(GcOptions.dryRun()).leftovers();

    assertThat(found)
        .extracting(Leftovers::kind)
        .contains(Kind.DATA_FILES, Kind.UPLOADS, Kind.BLOBS, Kind.LISTINGS, Kind.INDEX);
    assertThat(blob).exists();
    assertThat(gc(GcOptions.dryRun().apply()).leftovers()).isEqualTo(found);
    assertThat(blob).doesNotExist();
    assertThat(upload).doesNotExist();
    assertThat(listing).doesNotExist();
    assertEverythingNamedStands();
    lake.rollback();
    assertThat(violations()).isEmpty();
  }

  /** Leaves an index as a publish does that dies before its release is named. */
  private void abandonPublish(Release current) {
    Family index = current.families().get(0);
    IndexPlace place = IndexPlace.of(lake.layout(), index.path(), new Configuration());
    LanceIndex.at(place, index.dim())
        .commit(
            IndexChange.since(index.lanceVersion(), "f".repeat(64), Set.of("nobody"), List.of()));
  }

  @Test
  void blobsOfAnIngestAreSafeWhileItIsAtWork() throws IOException {
    Path blob = blob(folder.resolve(LAKE + "/blobs"), "cd");
    Path run = folder.resolve(LAKE + "/runs/20990101T000000Z-abcdef");
    Files.createDirectories(run);
    Files.writeString(
        run.resolve("started.json"),
        "{\"run\":\"%s\",\"command\":\"ingest\",\"started\":\"%s\"}"
            .formatted(run.getFileName(), Clock.systemUTC().instant()));
    Files.setLastModifiedTime(run.resolve("started.json"), FileTime.from(IN_TWO_DAYS.instant()));

    GcResult result = gc(GcOptions.dryRun().apply());

    assertThat(result.underway()).containsExactly(run.getFileName().toString());
    assertThat(blob).exists();
  }

  private static Path blob(Path blobs, String prefix) throws IOException {
    String name = prefix.repeat(32);
    Path blob = blobs.resolve("sha256/%s/%s/%s".formatted(prefix, prefix, name));
    Files.createDirectories(blob.getParent());
    return Files.writeString(blob, "whatever");
  }
}
