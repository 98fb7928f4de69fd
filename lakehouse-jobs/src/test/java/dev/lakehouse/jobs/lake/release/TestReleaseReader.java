// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.embed.FamilyScope;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.IndexRecall;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.ReleaseReader;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.udfs.SparkColumns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark wrote is what a reader without Spark sees. */
class TestReleaseReader {
  private static final Configuration HADOOP = new Configuration();

  @TempDir Path folder;
  private LakeLayout layout;

  @BeforeEach
  void layout() {
    layout = LakeLayout.of(folder.resolve("lake").toString(), Settings.defaults());
  }

  @Test
  void readsEveryColumnOfWhatWasReleased() {
    Release first = release(1, Optional.empty(), Release.RELEASED);
    Release second = release(2, Optional.of(first.id()), Release.RELEASED);
    write(first, second);

    assertThat(ReleaseReader.all(layout, HADOOP)).containsExactly(first, second);
    assertThat(ReleaseReader.current(layout, HADOOP)).contains(second);
  }

  @Test
  void aWithdrawnReleaseIsNotCurrent() {
    Release first = release(1, Optional.empty(), Release.RELEASED);
    write(first, release(2, Optional.of(first.id()), Release.RELEASED));
    write(release(2, Optional.of(first.id()), Release.WITHDRAWN)); // rewrites or marks the old row

    assertThat(ReleaseReader.current(layout, HADOOP)).contains(first);
    assertThat(ReleaseReader.all(layout, HADOOP)).hasSize(2);
  }

  @Test
  void aLakeWithoutReleasesHasNoCurrentOne() throws IOException {
    Files.createDirectories(folder.resolve("lake/tables/assets"));

    assertThat(ReleaseReader.current(layout, HADOOP)).isEmpty();
  }

  @Test
  void aMissingLakeIsNamed() {
    assertThatThrownBy(() -> ReleaseReader.current(layout, HADOOP))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.LAKE_MISSING))
        .hasMessageContaining(layout.root());
  }

  @Test
  void aDamagedLogIsNamed() throws IOException {
    write(release(1, Optional.empty(), Release.RELEASED));
    Path log = folder.resolve("lake/tables/releases/_delta_log");
    Files.deleteIfExists(log.resolve(".00000000000000000000.json.crc"));

    for (String content : List.of("{\"cut\":", "", "{}")) {
      Files.writeString(log.resolve("00000000000000000000.json"), content);
      assertThatThrownBy(() -> ReleaseReader.current(layout, HADOOP))
          .isInstanceOfSatisfying(
              LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTEGRITY))
          .hasMessageContaining("tables/releases");
    }
  }

  private void write(Release... releases) {
    LakeTables tables = new LakeTables(SparkTest.session(), layout::table);
    tables.fitQueries(0); // as a command does first
    List<org.apache.spark.sql.Row> rows =
        List.of(releases).stream().map(Release::toValues).map(SparkColumns::row).toList();
    tables
        .table(Tables.RELEASES)
        .upsert(
            tables.spark().createDataFrame(rows, SparkColumns.schema(Tables.RELEASES)),
            CommitNote.of("run", "publish"));
  }

  private static Release release(long sequence, Optional<String> parent, String state) {
    return new Release(
        sequence,
        "%064x".formatted(sequence),
        parent,
        Instant.parse("2026-01-01T00:00:00.123456Z"),
        10 + sequence,
        20,
        -1,
        "judgement",
        "policy",
        "constraints",
        List.of(
            new Family(
                "text",
                "text",
                "e".repeat(64),
                "minilm",
                "b",
                384,
                "text/e.lance",
                7,
                "t",
                99,
                FamilyScope.whole("text"),
                Optional.of(IndexRecall.exact()))),
        List.of("clip: no bundle is named"),
        5,
        1,
        2,
        "run",
        state);
  }
}
