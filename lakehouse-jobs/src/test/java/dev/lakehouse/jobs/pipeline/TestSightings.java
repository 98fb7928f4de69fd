// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.manifest.RowMapping;
import dev.lakehouse.core.connect.table.CsvSource;
import dev.lakehouse.core.content.BlobMode;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.intake.IngestPlan;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.content.IngestOptions.Known;
import dev.lakehouse.jobs.content.IngestOptions.Vanished;
import dev.lakehouse.jobs.content.IngestResult;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSightings {
  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-02-02T00:00:00Z"));

  @TempDir Path folder;
  private Path in;
  private LakeTables tables;
  private int runs;

  @BeforeEach
  void open() throws IOException {
    tables = new LakeTables(SparkTest.session(), table -> folder + "/tables/" + table.name());
    tables.fitQueries(0); // as a command does first
    in = Files.createDirectory(folder.resolve("in"));
  }

  /** A file that seems old, whoever looks at its modification time alone. */
  private void file(String name, String content) throws IOException {
    Files.writeString(in.resolve(name), content);
    Files.setLastModifiedTime(in.resolve(name), LONG_AGO);
  }

  /** Until no file may change once more at the time that it says of itself. */
  private static void settle() throws InterruptedException {
    Thread.sleep(2_100);
  }

  private Source files() {
    return FilesSource.open(
        new FilesSource.Options(in.toString(), Optional.of("s"), Optional.empty(), Map.of()));
  }

  private IngestResult ingest(Source source, Vanished vanished, Known known) {
    IngestPlan plan =
        new IngestPlan(
            BlobStores.at(folder.resolve("blobs").toUri().toString(), Map.of()),
            BlobMode.COPY,
            Limits.from(Settings.defaults()),
            Map.of(),
            "r" + ++runs,
            Instant.EPOCH);
    return new IngestStep(tables, plan, Progress.silent()).run(source, vanished, known);
  }

  private IngestResult ingest() {
    return ingest(files(), Vanished.KEEP, Known.BELIEVED);
  }

  /** Added, updated, unchanged, of these unread, gone. */
  private static List<Long> counts(IngestResult result) {
    return List.of(
        result.added(), result.updated(), result.unchanged(), result.unread(), result.gone());
  }

  private Optional<String> text(String key) {
    List<Row> rows =
        tables
            .table(Tables.ASSETS)
            .rows()
            .where("key = '%s' AND state = 'active'".formatted(key))
            .select("text")
            .collectAsList();
    return rows.stream().map(row -> row.getString(0)).findAny();
  }

  @Test
  void whatDidNotChangeIsNotReadAgain() throws Exception {
    file("a.txt", "one text");
    file("b.txt", "another text");
    settle();
    assertThat(counts(ingest())).containsExactly(2L, 0L, 0L, 0L, 0L);
    long version = tables.table(Tables.ASSETS).version();
    assertThat(counts(ingest())).containsExactly(0L, 0L, 2L, 2L, 0L);
    assertThat(tables.table(Tables.ASSETS).version()).isEqualTo(version);
    assertThat(counts(ingest(files(), Vanished.KEEP, Known.READ_AGAIN)))
        .containsExactly(0L, 0L, 2L, 0L, 0L);

    file("a.txt", "1234 678"); // as long, and as old to whoever believes that
    assertThat(counts(ingest())).containsExactly(0L, 1L, 1L, 1L, 0L);
    assertThat(text("a.txt")).contains("1234 678");
  }

  @Tag("slow")
  @Test
  void anAssetThatIsNotAsTheReadingLeftItIsReadAgain() throws Exception {
    file("a.txt", "one text");
    file("b.txt", "another text");
    settle();
    ingest();
    LakeTable assets = tables.table(Tables.ASSETS);
    long first = assets.version();
    file("a.txt", "one text, changed");
    settle();
    ingest();

    assets.restore(assets.rowsAt(first), CommitNote.of("repair", "repair"));
    assertThat(text("a.txt")).contains("one text");
    assertThat(counts(ingest())).containsExactly(0L, 1L, 1L, 1L, 0L);
    assertThat(text("a.txt")).contains("one text, changed");

    Files.move(in.resolve("b.txt"), folder.resolve("b.txt"));
    assertThat(counts(ingest(files(), Vanished.MARK_GONE, Known.BELIEVED)))
        .containsExactly(0L, 0L, 1L, 1L, 1L);
    Files.move(folder.resolve("b.txt"), in.resolve("b.txt"));
    assertThat(counts(ingest())).containsExactly(0L, 1L, 1L, 1L, 0L);
    assertThat(text("b.txt")).contains("another text");
  }

  @Test
  void whatCouldNotBeTakenTheLastTimeIsReadAgain() throws Exception {
    file("a.txt", "one text");
    file("b.txt", "another text");
    settle();
    ingest();
    Path aside = Files.move(in.resolve("a.txt"), folder.resolve("aside"));
    Files.createSymbolicLink(in.resolve("a.txt"), folder.resolve("nowhere"));
    assertThat(ingest().deadLetters()).isEqualTo(1);

    Files.delete(in.resolve("a.txt"));
    Files.move(aside, in.resolve("a.txt"));
    IngestResult mended = ingest();
    assertThat(counts(mended)).containsExactly(0L, 0L, 2L, 1L, 0L);
    assertThat(mended.deadLetters()).isZero();
    assertThat(tables.table(Tables.DEAD_LETTERS).rows().count()).isZero();
  }

  @Test
  void whatASourceSaysOfAFileMayChangeWithoutIt() throws Exception {
    file("a.txt", "one text");
    file("b.txt", "another text");
    settle();
    assertThat(counts(ingest(manifest("a.txt,de\nb.txt,en\n"), Vanished.KEEP, Known.BELIEVED)))
        .containsExactly(2L, 0L, 0L, 0L, 0L);
    assertThat(counts(ingest(manifest("b.txt,en\na.txt,de\n"), Vanished.KEEP, Known.BELIEVED)))
        .containsExactly(0L, 0L, 2L, 2L, 0L);
    assertThat(counts(ingest(manifest("a.txt,de\nb.txt,fr\n"), Vanished.KEEP, Known.BELIEVED)))
        .containsExactly(0L, 1L, 1L, 1L, 0L);
    assertThat(counts(ingest(manifest("b.txt,fr\n"), Vanished.MARK_GONE, Known.BELIEVED)))
        .containsExactly(0L, 0L, 1L, 1L, 1L);
  }

  private Source manifest(String rows) throws IOException {
    Files.writeString(folder.resolve("m.csv"), "file,language\n" + rows);
    return CsvSource.open(
        new ManifestOptions(
            folder + "/m.csv",
            RowMapping.parse("id=file,file=file,lang=language"),
            Optional.of(in.toString()),
            Optional.of("s"),
            Map.of()));
  }
}
