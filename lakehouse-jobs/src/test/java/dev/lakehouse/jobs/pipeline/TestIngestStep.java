// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.asset.AssetId;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.connect.Description;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceItem;
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
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestIngestStep {
  @TempDir Path folder;
  private final List<String> names = new ArrayList<>();
  private LakeTables tables;
  private Map<String, Long> passedOver = Map.of();

  @BeforeEach
  void open() throws IOException {
    tables = new LakeTables(SparkTest.session(), table -> folder + "/tables/" + table.name());
    tables.fitQueries(0); // as a command does first
    Files.createDirectory(folder.resolve("in"));
  }

  private void file(String name, String content) throws IOException {
    Files.writeString(folder.resolve("in").resolve(name), content);
    if (!names.contains(name)) {
      names.add(name);
    }
  }

  /** Offers the named files, in order, whether they are there or not. */
  private final class Named implements Source {
    @Override
    public String name() {
      return "named";
    }

    @Override
    public Stream<SourceItem> items() {
      String root = folder.resolve("in").toUri().toString();
      return names.stream()
          .map(
              name ->
                  new SourceItem(
                      name(),
                      name,
                      root + name,
                      new Offer.File(root + name, root, ItemError.SOURCE_GONE),
                      Description.titled(name)));
    }

    @Override
    public Map<String, Long> passedOver() {
      return Map.of("lake", 1L);
    }
  }

  /** Added, updated, unchanged, dead, gone. */
  private List<Long> ingest(String run, Vanished vanished) {
    List<Long> counts = ingest(run, new Named(), vanished);
    assertThat(passedOver).containsOnlyKeys("lake");
    return counts;
  }

  private List<Long> ingest(String run, Source source, Vanished vanished) {
    IngestPlan plan =
        new IngestPlan(
            BlobStores.at(folder.resolve("blobs").toUri().toString(), Map.of()),
            BlobMode.COPY,
            Limits.from(Settings.defaults()),
            Map.of(),
            run,
            Instant.EPOCH);
    IngestResult result =
        new IngestStep(tables, plan, Progress.silent()).run(source, vanished, Known.BELIEVED);
    passedOver = result.passedOver();
    return List.of(
        result.added(), result.updated(), result.unchanged(), result.deadLetters(), result.gone());
  }

  private Row asset(String name) {
    return tables
        .table(Tables.ASSETS)
        .rows()
        .where("asset_id = '%s'".formatted(AssetId.of("named", name)))
        .first();
  }

  private List<Row> deadLetters() {
    return tables.table(Tables.DEAD_LETTERS).rows().collectAsList();
  }

  @Test
  void ingestingAgainChangesOnlyWhatChanged() throws IOException {
    file("a.txt", "one text");
    file("b.txt", "another text");
    names.add("missing.txt");

    assertThat(ingest("r1", Vanished.KEEP)).containsExactly(2L, 0L, 0L, 1L, 0L);
    assertThat(deadLetters()).hasSize(1);
    assertThat(deadLetters().get(0).<String>getAs("error_code")).isEqualTo("SOURCE_GONE");
    long assets = tables.table(Tables.ASSETS).version();
    long dead = tables.table(Tables.DEAD_LETTERS).version();

    assertThat(ingest("r2", Vanished.KEEP)).containsExactly(0L, 0L, 2L, 1L, 0L);
    assertThat(tables.table(Tables.ASSETS).version()).isEqualTo(assets);
    assertThat(tables.table(Tables.DEAD_LETTERS).version()).isEqualTo(dead);

    file("a.txt", "one text, changed");
    assertThat(ingest("r3", Vanished.KEEP)).containsExactly(0L, 1L, 1L, 1L, 0L);
    assertThat(asset("a.txt").<String>getAs("first_run")).isEqualTo("r1");
    assertThat(asset("a.txt").<String>getAs("last_run")).isEqualTo("r3");
    assertThat(asset("a.txt").<String>getAs("text")).isEqualTo("one text, changed");
    assertThat(asset("b.txt").<String>getAs("last_run")).isEqualTo("r1");

    file("missing.txt", "here at last");
    assertThat(ingest("r4", Vanished.KEEP)).containsExactly(1L, 0L, 2L, 0L, 0L);
    assertThat(deadLetters()).isEmpty();
  }

  private Source manifest(String mapping, String rows) throws IOException {
    Files.writeString(folder.resolve("m.csv"), "id,image,caption\n" + rows);
    return CsvSource.open(
        new ManifestOptions(
            folder + "/m.csv",
            RowMapping.parse(mapping),
            Optional.of(folder + "/in"),
            Optional.of("named"),
            Map.of()));
  }

  @Test
  void aPictureUnderAnotherKeyAndAMendedRowLeaveNothingBehind() throws IOException {
    file("a.jpg", "one");
    file("b.jpg", "two");
    String plain = "image=image,caption=caption";
    Source broken = manifest("id=id," + plain, "1,a.jpg,x\n2,b.jpg\n3,a.jpg,y\n4,b.jpg,z\n");
    assertThat(ingest("r1", broken, Vanished.KEEP)).containsExactly(2L, 0L, 0L, 1L, 0L);
    assertThat(deadLetters()).hasSize(1);

    Source mended = manifest("id=id," + plain, "1,a.jpg,x\n2,b.jpg,v\n1,a.jpg,y\n");
    assertThat(ingest("r2", mended, Vanished.KEEP)).containsExactly(1L, 1L, 0L, 0L, 1L);
    assertThat(deadLetters()).isEmpty();
    assertThat(asset("1").getList(asset("1").fieldIndex("captions"))).hasSize(2);

    Source withoutIds = manifest(plain, "1,a.jpg,x\n1,a.jpg,y\n");
    assertThat(ingest("r3", withoutIds, Vanished.KEEP)).containsExactly(1L, 0L, 0L, 0L, 1L);
    assertThat(asset("1").<String>getAs("state")).isEqualTo("gone");
    assertThat(asset("2").<String>getAs("state")).isEqualTo("active"); // not offered, and kept
    assertThat(asset("a.jpg").<String>getAs("state")).isEqualTo("active");
  }

  @Test
  void whatVanishedIsMarkedOnlyWhenAsked() throws IOException {
    file("a.txt", "one text");
    file("b.txt", "another text");
    ingest("r1", Vanished.KEEP);
    names.remove("b.txt");

    assertThat(ingest("r2", Vanished.KEEP)).element(4).isEqualTo(0L);
    assertThat(asset("b.txt").<String>getAs("state")).isEqualTo("active");
    assertThat(ingest("r3", Vanished.MARK_GONE)).element(4).isEqualTo(1L);
    assertThat(asset("b.txt").<String>getAs("state")).isEqualTo("gone");
    assertThat(asset("a.txt").<String>getAs("state")).isEqualTo("active");
    assertThat(ingest("r4", Vanished.MARK_GONE)).element(4).isEqualTo(0L);

    names.add("b.txt");
    assertThat(ingest("r5", Vanished.MARK_GONE)).element(1).isEqualTo(1L);
    assertThat(asset("b.txt").<String>getAs("state")).isEqualTo("active");
  }

  /** A merge would join with every row of the table. */
  @Test
  void whatIsOnlyNewIsAppended() throws IOException {
    file("a.txt", "one text");
    ingest("r1", Vanished.KEEP);
    file("b.txt", "another text");
    ingest("r2", Vanished.KEEP);

    LakeTable assets = tables.table(Tables.ASSETS);
    Path log = Path.of(assets.uri(), "_delta_log", "%020d.json".formatted(assets.version()));
    assertThat(Files.readString(log)).contains("\"operation\":\"WRITE\"");
    assertThat(asset("a.txt").<String>getAs("last_run")).isEqualTo("r1");
    assertThat(asset("b.txt").<String>getAs("last_run")).isEqualTo("r2");
  }

  @Test
  void anEmptyListingForgetsNothing() throws IOException {
    file("a.txt", "one text");
    ingest("r1", Vanished.KEEP);
    names.clear();

    assertThatThrownBy(() -> ingest("r2", Vanished.MARK_GONE))
        .hasMessageStartingWith("Cannot synchronise with named: expected items but found none");
    assertThat(asset("a.txt").<String>getAs("state")).isEqualTo("active");
  }
}
