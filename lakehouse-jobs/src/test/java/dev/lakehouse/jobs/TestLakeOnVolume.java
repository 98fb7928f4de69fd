// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.BareFileSystem;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.copy.IndexCopy;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.core.watch.health.Allowance;
import dev.lakehouse.core.watch.health.Check;
import dev.lakehouse.core.watch.health.Examination;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.pipeline.sweep.GcOptions;
import dev.lakehouse.jobs.pipeline.sweep.Leftovers;
import dev.lakehouse.jobs.pipeline.sweep.Leftovers.Kind;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import dev.lakehouse.jobs.watch.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake on a file system that Lance does not know and that can rename and link nothing. */
class TestLakeOnVolume {
  /** When everything that a test makes is old. */
  private static final Clock IN_TWO_DAYS = Clock.offset(Clock.systemUTC(), Duration.ofDays(2));

  private static final String ANTS = "how do insects find their way home";
  private static final String TIDE = "why does the sea come and go";

  @TempDir static Path made;
  @TempDir Path folder;

  @BeforeAll
  static void twoReleases() throws IOException {
    FaultyLake.items(made);
    run(made, Map.of());
    Files.writeString(
        made.resolve("items/tide.txt"),
        "The tide comes in twice a day, and goes out again, drawn by the moon.\n");
    run(made, Map.of());
  }

  @BeforeEach
  void copied() throws IOException {
    FileUtils.copyDirectory(made.toFile(), folder.toFile());
  }

  @AfterEach
  void writable() {
    BareFileSystem.makeReadOnly("/nowhere");
  }

  /** Each lake has a disk of its own: what one fetched is not there for another. */
  private static Settings settings(Path folder, Map<String, String> more) {
    return Settings.defaults()
        .orElse(Map.of(Setting.INDEX_LOCAL_FOLDER.key(), folder.resolve("disk").toString()), "test")
        .orElse(more, "test");
  }

  private static String root(Path folder) {
    return "bare:" + folder.resolve("lake");
  }

  private static Lakehouse open(Path folder, Settings settings) {
    SparkSession spark = SparkTest.session().newSession();
    spark.conf().set("spark.sql.shuffle.partitions", "1");
    BareFileSystem.CONF.forEach(spark.conf()::set);
    return Lakehouse.open(spark, root(folder), settings, Progress.silent());
  }

  private static void run(Path folder, Map<String, String> more) {
    Settings settings = settings(folder, more);
    FilesSource source =
        FilesSource.open(
            new FilesSource.Options(
                folder.resolve("items").toString(),
                Optional.of("items"),
                Optional.empty(),
                Map.of()));
    open(folder, settings)
        .run(List.of(new Intake(source, IngestOptions.defaults())), PublishOptions.from(settings));
  }

  private Lakehouse lake() {
    return open(folder, settings(folder, Map.of()));
  }

  /** The best answer of a process that has fetched nothing yet, and knows Hadoop's settings. */
  private String answer(String question) throws IOException {
    Path empty = Files.createTempDirectory(folder, "reader-");
    Lakehouse lake = open(folder, settings(empty, Map.of()));
    try (Searcher searcher =
        Searcher.of(
            lake.layout(),
            settings(empty, Map.of()),
            new ModelsRoot(lake.layout().modelsUri(), BareFileSystem.CONF),
            HadoopSettings.configuration(BareFileSystem.CONF))) {
      SearchQuery query = SearchQuery.text("text", question, 1, Optional.empty());
      String uri = searcher.search(query).hits().get(0).row().text("uri").orElseThrow();
      return uri.substring(uri.lastIndexOf('/') + 1);
    }
  }

  private List<Violation> violations() {
    return lake().audit(ReleaseChoice.CURRENT, Sample.ALL).stream()
        .flatMap(report -> report.violations().stream())
        .toList();
  }

  private Set<Path> indexFiles() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("lake/index"))) {
      return files.filter(Files::isRegularFile).collect(Collectors.toSet());
    }
  }

  @Test
  void releasesNameCopiesThatAreFetched() throws IOException {
    Lakehouse lake = lake();
    List<Release> releases = lake.releases();

    assertThat(releases).hasSize(2);
    assertThat(releases)
        .allSatisfy(
            release ->
                assertThat(release.families())
                    .allSatisfy(family -> assertThat(IndexCopy.at(family.path())).isPresent()));
    assertThat(answer(TIDE)).isEqualTo("tide.txt");
    assertThat(lake.gc(GcOptions.dryRun().apply(), IN_TWO_DAYS).leftovers())
        .extracting(Leftovers::kind)
        .doesNotContain(Kind.INDEX);
    assertThat(violations()).isEmpty();
    lake.rollback();
    assertThat(answer(TIDE)).isNotEqualTo("tide.txt");
    assertThat(answer(ANTS)).isIn("ants.txt", "copy.txt");
  }

  @Tag("slow")
  @Test
  void aPublishThatDiesLeavesTheLastReleaseAndWhatGcRemoves() throws IOException {
    Set<Path> before = indexFiles();
    Files.writeString(
        folder.resolve("items/salt.txt"), "Salt was carried across the desert by camels.\n");

    assertThatThrownBy(() -> run(folder, Map.of(Setting.INDEX_LOCAL_BYTES.key(), "100000")))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining("Not enough room in " + folder.resolve("disk"))
        .hasMessageContaining("index of family text")
        .hasMessageContaining(Setting.INDEX_LOCAL_BYTES.key());
    assertThat(indexFiles()).isEqualTo(before);

    BareFileSystem.makeReadOnly(folder.resolve("lake/tables/releases").toString());
    assertThatThrownBy(() -> run(folder, Map.of())).hasStackTraceContaining("bare: cannot create");
    BareFileSystem.makeReadOnly("/nowhere");
    Set<Path> abandoned = indexFiles();
    assertThat(abandoned).hasSizeGreaterThan(before.size());
    assertThat(answer(TIDE)).isEqualTo("tide.txt");

    run(folder, Map.of());
    assertThat(answer("goods on camels")).isEqualTo("salt.txt");
    List<Leftovers> removed =
        lake().gc(GcOptions.dryRun().apply(), IN_TWO_DAYS).leftovers().stream()
            .filter(found -> found.kind() == Kind.INDEX)
            .toList();

    assertThat(removed).hasSize(1);
    assertThat(indexFiles()).containsAll(before);
    assertThat(abandoned).anySatisfy(file -> assertThat(file).doesNotExist());
    assertThat(answer("goods on camels")).isEqualTo("salt.txt");
  }

  @Test
  @Tag("slow") // a copy that is damaged is found by TestLocalCopies as well
  void auditReadsTheCopyAndRebuildMendsIt() throws IOException {
    Path longest =
        indexFiles().stream()
            .filter(file -> !file.toString().contains(".staging"))
            .max((one, other) -> Long.compare(one.toFile().length(), other.toFile().length()))
            .orElseThrow();
    byte[] bytes = Files.readAllBytes(longest);
    bytes[bytes.length / 2]++;
    Files.write(longest, bytes);

    assertThat(violations())
        .anySatisfy(
            found -> assertThat(found.toString()).contains(longest.getFileName().toString()));
    assertThatThrownBy(() -> answer(TIDE)).hasMessageContaining("publish --rebuild");

    lake().publish(PublishOptions.from(settings(folder, Map.of())).rebuild());

    assertThat(answer(TIDE)).isEqualTo("tide.txt");
  }

  @Test
  void theDoctorSaysWhatTheVolumeCanDo() {
    Settings settings = settings(folder, Map.of(Setting.LAKE.key(), root(folder)));

    List<Check> checks =
        new Examination(
                settings, new ModelsRoot(root(folder) + "/models", Map.of()), Allowance.ofMachine())
            .storage(HadoopSettings.configuration(BareFileSystem.CONF));

    assertThat(checks).extracting(Check::status).doesNotContain(Check.Status.FAIL);
    assertThat(checks)
        .extracting(Check::found)
        .anySatisfy(found -> assertThat(found).contains("creates its commits"))
        .anySatisfy(found -> assertThat(found).contains("indexes are copied there"));
  }
}
