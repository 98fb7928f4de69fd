// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.jobs.SparkWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as they are read in a session that has not seen them: each test has a copy of its own. */
class TestListedFiles {
  private static final Path TABLE = Path.of("decisions");
  private static final CommitNote NOTE = CommitNote.of("run", "review");

  @TempDir static Path made;

  @TempDir Path root;

  @BeforeAll
  static void twoDecisionsInTwoCommits() {
    LakeTable decisions = Decisions.at(made);
    for (String id : List.of("1", "2")) {
      decisions.insert(Decisions.rows("approve", id), NOTE);
    }
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
    LakeTable decisions = Decisions.at(root);

    assertThat(jobs(() -> assertThat(decisions.rows().collectAsList()).hasSize(2))).isEqualTo(1);
    assertThat(jobs(() -> assertThat(decisions.rowsAt(1).collectAsList()).hasSize(1))).isEqualTo(1);
  }

  @Test
  void tablesOfFewRowsAreJoinedInOneStage() throws Exception {
    FileUtils.copyDirectory(made.toFile(), root.toFile());
    LakeTable decisions = Decisions.at(root);
    Dataset<Row> before = decisions.rowsAt(1).selectExpr("decision_id AS id", "1 AS known");
    Dataset<Row> counts =
        decisions
            .rows()
            .join(before, col("decision_id").equalTo(col("id")), "left")
            .groupBy("known")
            .count();

    SparkWork work =
        SparkWork.of(
            () ->
                assertThat(counts.collectAsList())
                    .containsExactlyInAnyOrder(
                        RowFactory.create(1, 1L), RowFactory.create(null, 1L)));

    assertThat(work).isEqualTo(new SparkWork(1, 1));
  }

  private static int jobs(Runnable work) throws TimeoutException {
    return SparkWork.of(work).jobs();
  }

  @Test
  void toMakeATableAndToReplaceItsRowsNoLogIsReplayed() throws Exception {
    FileUtils.copyDirectory(made.toFile(), root.resolve("made").toFile());
    LakeTable decisions = Decisions.at(root.resolve("made"));
    Dataset<Row> one = Decisions.rows("reject", "3");

    assertThat(jobs(() -> decisions.replace(one, NOTE))).as("the write").isEqualTo(1);
    assertThat(decisions.rows().select("decision_id").collectAsList())
        .containsExactly(RowFactory.create("3"));
    LakeTable young = Decisions.at(root.resolve("young"));
    assertThat(jobs(() -> young.create(NOTE))).as("the first checksum").isZero();
    assertThat(young.version()).isEqualTo(LakeTable.CREATED);
  }

  @Test
  void rowsAreReplacedWithoutAListToo() throws IOException {
    FileUtils.copyDirectory(made.toFile(), root.toFile());
    Files.delete(list(2));

    Decisions.at(root).replace(Decisions.rows("reject", "3"), NOTE);

    assertThat(Decisions.at(root).rows().select("decision_id").collectAsList())
        .containsExactly(RowFactory.create("3"));
    assertThat(Decisions.at(root).falselyListedVersions()).isEmpty();
  }

  @Test
  void withoutAListTheLogIsReplayed() throws IOException {
    FileUtils.copyDirectory(made.toFile(), root.toFile());
    Files.delete(list(1));
    Files.writeString(list(2), "cut sho");

    assertThat(Decisions.at(root).rows().count()).isEqualTo(2);
    assertThat(Decisions.at(root).rowsAt(1).count()).isEqualTo(1);
    assertThat(Decisions.at(root).falselyListedVersions()).isEmpty();
  }

  @Test
  void aListThatTheLogContradictsIsTold() throws IOException {
    FileUtils.copyDirectory(made.toFile(), root.toFile());
    assertThat(Decisions.at(root).falselyListedVersions()).isEmpty();

    Files.copy(list(2), list(1), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThat(Decisions.at(root).falselyListedVersions()).containsExactly(1L);
  }
}
