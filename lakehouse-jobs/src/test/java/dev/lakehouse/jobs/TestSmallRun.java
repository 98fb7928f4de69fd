// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a run over few texts makes Spark do: a job costs the driver a tenth of a second or more,
 * whatever is in it, so that a small run is as long as its jobs are many.
 */
class TestSmallRun {
  @TempDir Path root;

  private RunResult run() {
    FilesSource source =
        FilesSource.open(
            new FilesSource.Options(
                root + "/notes", Optional.of("notes"), Optional.empty(), Map.of()));
    Settings settings = Settings.defaults();
    return Lakehouse.open(SparkTest.session(), root + "/lake", settings, Progress.silent())
        .run(List.of(new Intake(source, IngestOptions.defaults())), PublishOptions.from(settings));
  }

  private void write(int note, String text) throws IOException {
    Files.writeString(root.resolve("notes/%d.txt".formatted(note)), text);
  }

  @Test
  void itStartsFewJobs() throws Exception {
    Files.createDirectory(root.resolve("notes"));
    for (int note = 0; note < 6; note++) {
      write(note, "Note %d tells how the tide comes in twice a day, and why.".formatted(note));
    }

    Thread.sleep(2_100); // a file so young could change again unseen, and is read a second time

    SparkWork first =
        SparkWork.of(() -> assertThat(run().published().release().published()).isEqualTo(6));
    SparkWork again = SparkWork.of(() -> assertThat(run().published().added()).isZero());
    write(1, "Note 1 tells of the moon instead, which is why there are tides.");
    Thread.sleep(2_100);
    SparkWork changed = SparkWork.of(() -> assertThat(run().published().updated()).isEqualTo(1));

    assertThat(first.jobs()).as("of the first run").isLessThanOrEqualTo(32);
    assertThat(first.stages()).as("of the first run").isLessThanOrEqualTo(50);
    assertThat(again.jobs()).as("of a run with nothing to do").isLessThanOrEqualTo(9);
    assertThat(changed.jobs()).as("of a run with a changed text").isLessThanOrEqualTo(37);
    assertThat(changed.stages()).as("of a run with a changed text").isLessThanOrEqualTo(70);
  }
}
