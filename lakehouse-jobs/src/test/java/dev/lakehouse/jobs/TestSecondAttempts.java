// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.demo.Delivery;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.pipeline.Scope;
import dev.lakehouse.jobs.pipeline.StepCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What failed for a reason outside its content is tried again when somebody asks for it. */
class TestSecondAttempts {
  private static final Settings SETTINGS =
      Settings.defaults()
          .orElse(
              Map.of(
                  Setting.CLIP_MODEL.key(), "shapes-clip",
                  Setting.ERRORS_MAX_SHARE_EMBED.key(), "1.0"),
              "test");

  @TempDir Path folder;
  private Lakehouse lake;

  /** One picture that is sound and one that is cut off. */
  private void ingest() throws IOException {
    Delivery drawn = Delivery.write(folder.resolve("drawn"), 1, 1);
    Path items = Files.createDirectory(folder.resolve("items"));
    for (String picture : List.of("scene-000.jpg", "truncated-2.png")) {
      Files.copy(
          drawn.manifest().resolveSibling("images").resolve(picture), items.resolve(picture));
    }
    lake = Lakehouse.open(SparkTest.session(), folder + "/lake", SETTINGS, Progress.silent());
    lake.ingest(
        FilesSource.open(
            new FilesSource.Options(
                items.toString(), Optional.of("items"), Optional.empty(), Map.of())),
        IngestOptions.defaults());
  }

  private void failsWithoutBlobs(ThrowingCallable command) throws IOException {
    Path blobs = folder.resolve("lake/blobs");
    Path aside = folder.resolve("aside");
    Files.move(blobs, aside);
    assertThatThrownBy(command).hasMessageContaining("items failed");
    Files.move(aside, blobs);
  }

  private StepCounts embed(Scope scope) {
    return lake.embed(List.of("clip"), Optional.empty(), scope).get("clip").counts();
  }

  private List<Object> attempts(String table) {
    return lake.table(table, Optional.empty(), List.of("attempts"), 9).rows().stream()
        .map(row -> row.get("attempts"))
        .toList();
  }

  @Test
  void aMissingBlobIsNoLastWord() throws IOException {
    ingest();
    failsWithoutBlobs(() -> lake.measure(Scope.CHANGED));

    assertThat(attempts("measurements")).containsExactly(1, 1);
    assertThat(lake.measure(Scope.ALL)).isEqualTo(new StepCounts(2, 2, 1));
    assertThat(attempts("measurements")).containsExactly(2, 2);
    assertThat(lake.measure(Scope.ALL).computed()).isZero(); // cut off is cut off

    lake.dedup(Scope.CHANGED);
    lake.judge(Optional.empty(), Scope.CHANGED);
    failsWithoutBlobs(() -> embed(Scope.CHANGED));

    assertThat(attempts("embeddings")).containsExactly(1);
    assertThat(embed(Scope.ALL)).isEqualTo(new StepCounts(1, 1, 0));
    assertThat(attempts("embeddings")).containsExactly(2);
    assertThat(embed(Scope.ALL).computed()).isZero();
  }
}
