// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.tar.KeyEnd;
import dev.lakehouse.core.connect.tar.Tar;
import dev.lakehouse.core.connect.tar.TarSource;
import dev.lakehouse.core.content.BlobMode;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.intake.IngestPlan;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.content.IngestOptions.Known;
import dev.lakehouse.jobs.content.IngestOptions.Vanished;
import dev.lakehouse.jobs.content.IngestResult;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestIngestOfTars {
  @TempDir Path folder;

  /** Added, updated, unchanged, dead, gone. */
  private List<Long> ingest(String run, Vanished vanished) {
    LakeTables tables = tables();
    IngestPlan plan =
        new IngestPlan(
            BlobStores.at(folder.resolve("blobs").toUri().toString(), Map.of()),
            BlobMode.COPY,
            Limits.from(Settings.defaults()),
            Map.of(),
            run,
            Instant.EPOCH);
    Source source =
        TarSource.open(
            new TarSource.Options(
                folder + "/in",
                Optional.of("shards"),
                Optional.empty(),
                Optional.empty(),
                KeyEnd.FIRST_DOT,
                Map.of()));
    IngestResult result =
        new IngestStep(tables, plan, Progress.silent()).run(source, vanished, Known.BELIEVED);
    return List.of(
        result.added(), result.updated(), result.unchanged(), result.deadLetters(), result.gone());
  }

  private LakeTables tables() {
    LakeTables tables =
        new LakeTables(SparkTest.session(), table -> folder + "/tables/" + table.name());
    tables.fitQueries(0); // as a command does first
    return tables;
  }

  private Tar samples(int from, int to) {
    Tar tar = Tar.posix();
    for (int i = from; i < to; i++) {
      tar.add("%05d.rst".formatted(i), "Text " + i + "\n======\n");
      tar.add("%05d.json".formatted(i), "{\"license\":\"CC0\",\"n\":%d}".formatted(i));
    }
    return tar;
  }

  private Row asset(String key) {
    return tables().table(Tables.ASSETS).rows().where("key = '%s'".formatted(key)).first();
  }

  @Test
  void shardsPlainAndPackedComeInOnceAndAreMarkedGone() throws IOException {
    samples(0, 1_000).to(folder.resolve("in/a.tar"));
    samples(1_000, 1_200).to(folder.resolve("in/b.tar.gz"));
    Path third = folder.resolve("in/sub/c.tar");
    samples(0, 3).add("00000.rst", "again").to(third);

    assertThat(ingest("r1", Vanished.KEEP)).containsExactly(1_203L, 0L, 0L, 1L, 0L);
    assertThat(ingest("r2", Vanished.MARK_GONE)).containsExactly(0L, 0L, 1_203L, 1L, 0L);

    Row packed = asset("b.tar.gz#01199.rst");
    assertThat(packed.<String>getAs("text")).isEqualTo("Text 1199\n======\n");
    assertThat(packed.<String>getAs("licence")).isEqualTo("CC0");
    assertThat(packed.<String>getAs("group_id")).isEqualTo("b.tar.gz#01199");
    assertThat(packed.<String>getAs("source_uri"))
        .isEqualTo(folder.toRealPath().toUri() + "in/b.tar.gz#01199.rst");
    assertThat(asset("a.tar#00999.rst").<String>getAs("text")).startsWith("Text 999\n");
    Row twin = tables().table(Tables.DEAD_LETTERS).rows().first();
    assertThat(twin.<String>getAs("error_code")).isEqualTo("MALFORMED_ROW");
    assertThat(twin.<String>getAs("source_uri")).endsWith("in/sub/c.tar#00000.rst");

    samples(0, 2).to(third);
    assertThat(ingest("r3", Vanished.MARK_GONE)).containsExactly(0L, 0L, 1_202L, 0L, 1L);
    assertThat(asset("sub/c.tar#00002.rst").<String>getAs("state")).isEqualTo("gone");
    try (var left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      assertThat(left).noneMatch(file -> file.toString().contains("lakehouse-unpacked-"));
    }
  }
}
