// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.content.BlobMode;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.release.ReleaseComparison;
import dev.lakehouse.core.lake.release.ReleaseDifference;
import dev.lakehouse.core.lake.release.ReleaseDifference.Example;
import dev.lakehouse.core.lake.release.ReleaseDifference.Kind;
import dev.lakehouse.core.lake.release.ReleaseDifference.Reason;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.content.IngestOptions.Known;
import dev.lakehouse.jobs.content.IngestOptions.Vanished;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestReleaseDifference {
  @TempDir static Path folder;
  private static Lakehouse lake;

  @BeforeAll
  static void publishTwice() throws IOException {
    Files.createDirectory(folder.resolve("in"));
    lake =
        Lakehouse.open(
            SparkTest.session(),
            folder.resolve("lake").toString(),
            Settings.defaults(),
            Progress.silent());
    file("stays.txt", "Snow falls on the mountains in the north from October on.");
    file("changes.txt", "The tide comes in twice a day, and an hour later every day.");
    file("goes.txt", "Bees find their way home by the sun, even when it is cloudy.");
    file("fails.txt", "Lanterns are lit at dusk in the harbour when boats return.");
    run();
    file("changes.txt", "The tide goes out twice a day, and an hour later every day.");
    file("fails.txt", "x");
    file("comes.txt", "Rolls of bread are baked for twenty minutes in the oven.");
    Files.delete(folder.resolve("in/goes.txt"));
    run();
  }

  private static void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve("in").resolve(name), text);
  }

  private static void run() {
    FilesSource source =
        FilesSource.open(
            new FilesSource.Options(
                folder.resolve("in").toString(), Optional.empty(), Optional.empty(), Map.of()));
    IngestOptions sync = new IngestOptions(BlobMode.COPY, Vanished.MARK_GONE, Known.BELIEVED);
    lake.run(
        List.of(new Intake(source, sync)), PublishOptions.from(Settings.defaults()).allowLeaving());
  }

  private static Release release(int sequence) {
    return lake.releases().get(sequence - 1);
  }

  private static ReleaseDifference compare(Optional<Release> from, Release to) {
    return ReleaseComparison.of(new LakeReader(lake.layout(), new Configuration()), from, to, 10);
  }

  private static Example only(ReleaseDifference found, Kind kind, String name) {
    return found.examples().stream()
        .filter(example -> example.kind() == kind)
        .filter(example -> example.title().filter(name::equals).isPresent())
        .findAny()
        .orElseThrow();
  }

  @Test
  void whatCameWhatLeftAndWhatIsOtherwise() {
    assertThat(release(2).parent(lake.releases())).contains(release(1));
    assertThat(release(1).parent(lake.releases())).isEmpty();

    ReleaseDifference found = compare(Optional.of(release(1)), release(2));

    assertThat(List.of(found.added(), found.removed(), found.changed(), found.same()))
        .containsExactly(1L, 2L, 1L, 1L);
    assertThat(found.reasons()).containsExactly(new Reason("GONE", 1), new Reason("TOO_SHORT", 1));
    assertThat(found.columns()).containsOnlyKeys("sha256", "text").containsValues(1L, 1L);
    assertThat(found.counted()).isEqualTo(1);
    assertThat(found.examples()).hasSize(4);
    assertThat(only(found, Kind.ADDED, "comes.txt").sourceUri()).endsWith("/in/comes.txt");
    assertThat(only(found, Kind.CHANGED, "changes.txt").columns())
        .containsExactly("sha256", "text");
    assertThat(only(found, Kind.REMOVED, "fails.txt").reasons()).containsExactly("TOO_SHORT");
    assertThat(only(found, Kind.REMOVED, "goes.txt").nameless().title()).isEmpty();
  }

  @Test
  void theWayBackAndTheFirst() {
    ReleaseDifference back = compare(Optional.of(release(2)), release(1));
    assertThat(List.of(back.added(), back.removed(), back.changed(), back.same()))
        .containsExactly(2L, 1L, 1L, 1L);
    assertThat(back.reasons()).containsExactly(new Reason("PASSES", 1));

    ReleaseDifference first = compare(Optional.empty(), release(1));
    assertThat(first.added()).isEqualTo(release(1).published());
    assertThat(first.removed() + first.changed() + first.same()).isZero();
    ReleaseDifference none = compare(Optional.of(release(2)), release(2));
    assertThat(none.same()).isEqualTo(release(2).published());
    assertThat(none.examples()).isEmpty();
  }
}
