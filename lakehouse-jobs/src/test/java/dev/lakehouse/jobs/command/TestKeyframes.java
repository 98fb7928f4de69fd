// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.child.MediaTools;
import dev.lakehouse.core.demo.Scene;
import dev.lakehouse.core.demo.SceneFilm;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.RunResult;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.lake.release.PublishResult.Outcome;
import dev.lakehouse.jobs.pipeline.sweep.Repair;
import dev.lakehouse.jobs.watch.AuditReport;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import dev.lakehouse.jobs.watch.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A film is found by a picture of one of its shots. */
class TestKeyframes {
  private static final List<Scene> SHOTS = Scene.unseenGallery(4, 90_000);

  @TempDir Path folder;

  private Lakehouse lake(Map<String, String> more) {
    return new LakeOfFiles(folder).with(more);
  }

  private RunResult run(Lakehouse lake) {
    return new LakeOfFiles(folder).run(lake, Map.of());
  }

  private static AuditReport audited(Lakehouse lake) {
    return lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0);
  }

  private static void requireTrusted(Lakehouse lake) {
    AuditReport audit = audited(lake);
    assertThat(audit.violations()).isEmpty();
    assertThat(audit.remarks()).isEmpty();
  }

  private List<Path> blobs() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("lake/blobs/sha256"))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  /** Pictures that are gone are taken out of the film again, and who wrote rows is found out. */
  private void requireMends(Lakehouse lake) throws IOException {
    List<Path> blobs = blobs();
    assertThat(blobs).hasSize(5);
    Path picture = smallest(blobs);
    Files.delete(picture);
    SparkTest.session().sql("UPDATE delta.`%s` SET text = 'not in the film'".formatted(derived()));

    assertThat(audited(lake).violations())
        .extracting(Violation::check)
        .contains("content", "commits");
    assertThat(lake.damage()).hasSize(2);
    assertThat(lake.repair()).allMatch(Repair::mended);
    assertThat(lake.damage()).isEmpty();
    assertThat(picture).exists();
  }

  private static Path smallest(List<Path> files) {
    return files.stream().min(Comparator.comparing(file -> file.toFile().length())).orElseThrow();
  }

  private String derived() {
    return folder.resolve("lake/tables/derived").toString();
  }

  @Test
  void aShotIsFoundByItsPicture() throws IOException {
    SceneFilm.write(folder.resolve("in/tour.webm"), SHOTS, MediaTools.standard());
    Lakehouse lake = lake(Map.of());

    RunResult first = run(lake);

    assertThat(first.published().release().published()).isEqualTo(1);
    assertThat(first.published().release().family("clip").orElseThrow().rows()).isEqualTo(4);
    for (int i = 0; i < SHOTS.size(); i++) {
      Hit hit = LakeOfFiles.nearest(lake, SHOTS.get(i));
      assertThat(hit.row().text("uri").orElseThrow()).endsWith("tour.webm");
      assertThat(hit.segment()).startsWith("time/%d.000-".formatted(i * SceneFilm.SHOT_SECONDS));
    }
    requireMends(lake);
    run(lake); // what was judged from rows of somebody else is judged and released anew

    // other pictures, by a setting that the lake then keeps
    RunResult even =
        run(lake(Map.of("lakehouse.video.frames", "uniform", "lakehouse.video.frames-every", "1")));

    assertThat(even.published().release().family("clip").orElseThrow().rows()).isEqualTo(8);

    RunResult again = run(lake(Map.of()));

    assertThat(again.derived().computed()).isZero();
    assertThat(again.published().outcome()).isEqualTo(Outcome.UNCHANGED);
    assertThat(again.status().next().added() + again.status().next().changed()).isZero();
    requireTrusted(lake(Map.of()));
  }
}
