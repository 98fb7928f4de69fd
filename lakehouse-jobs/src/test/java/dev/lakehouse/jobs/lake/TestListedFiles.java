// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.udfs.SparkColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.io.FileUtils;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as they are read in a session that has not seen them: each test has a copy of its own. */
class TestListedFiles {
  private static final Path TABLE = Path.of("decisions");

  @TempDir static Path made;

  @TempDir Path root;

  @BeforeAll
  static void twoDecisionsInTwoCommits() {
    LakeTable decisions = at(made);
    for (String id : List.of("1", "2")) {
      Row row =
          SparkColumns.row(
              Values.of(Tables.DECISIONS)
                  .set("asset_id", "a")
                  .set("decision", "approve")
                  .set("reason", "because")
                  .set("reviewer", "somebody")
                  .set("decided_at", Timestamp.from(Instant.EPOCH))
                  .set("decision_id", id));
      decisions.insert(
          decisions.spark().createDataFrame(List.of(row), SparkColumns.schema(Tables.DECISIONS)),
          CommitNote.of("run", "review"));
    }
  }

  private static LakeTable at(Path root) {
    return new LakeTables(SparkTest.session(), table -> root.resolve(table.name()).toString())
        .table(Tables.DECISIONS);
  }

  private Path list(long version) throws IOException {
    Path log = root.resolve(TABLE).resolve("_delta_log");
    Path list = log.resolve("%020d.crc".formatted(version));
    Files.deleteIfExists(log.resolve("." + list.getFileName() + ".crc")); // Hadoop's own
    return list;
  }

  @Test
  void readingAVersionIsOneSparkJob() throws Exception {
    FileUtils.copyDirectory(made.toFile(), root.toFile());
    LakeTable decisions = at(root);

    assertThat(jobs(() -> assertThat(decisions.rows().collectAsList()).hasSize(2))).isEqualTo(1);
    assertThat(jobs(() -> assertThat(decisions.rowsAt(1).collectAsList()).hasSize(1))).isEqualTo(1);
  }

  private static int jobs(Runnable work) throws TimeoutException {
    SparkContext spark = SparkTest.session().sparkContext();
    AtomicInteger started = new AtomicInteger();
    SparkListener counting =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart job) {
            started.incrementAndGet();
          }
        };
    spark.addSparkListener(counting);
    work.run();
    spark.listenerBus().waitUntilEmpty();
    spark.removeSparkListener(counting);
    return started.get();
  }

  @Test
  void withoutAListTheLogIsReplayed() throws IOException {
    FileUtils.copyDirectory(made.toFile(), root.toFile());
    Files.delete(list(1));
    Files.writeString(list(2), "cut sho");

    assertThat(at(root).rows().count()).isEqualTo(2);
    assertThat(at(root).rowsAt(1).count()).isEqualTo(1);
    assertThat(at(root).falselyListedVersions()).isEmpty();
  }

  @Test
  void aListThatTheLogContradictsIsTold() throws IOException {
    FileUtils.copyDirectory(made.toFile(), root.toFile());
    assertThat(at(root).falselyListedVersions()).isEmpty();

    Files.copy(list(2), list(1), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(at(root).falselyListedVersions()).containsExactly(1L);
  }
}
