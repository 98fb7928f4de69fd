// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.BareFileSystem;
import dev.lakehouse.core.HadoopSettings;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A lake on a file system that Lance does not know and that can rename and link nothing. */
class TestLakeOnVolume {
  @TempDir static Path made;

  private static Lakehouse lake;
  private static Settings settings;

  @BeforeAll
  static void twoReleases() throws IOException {
    settings =
        Settings.defaults()
            .orElse(
                Map.of(Setting.INDEX_LOCAL_FOLDER.key(), made.resolve("disk").toString()), "test");
    SparkSession spark = SparkTest.session().newSession();
    BareFileSystem.CONF.forEach(spark.conf()::set);
    lake = Lakehouse.open(spark, root(), settings, Progress.silent());
    FaultyLake.items(made);
    run();
  }

  private static String root() {
    return "bare:" + made.resolve("lake");
  }

  private static void run() {
    FilesSource source =
        FilesSource.open(
            new FilesSource.Options(
                made.resolve("items").toString(),
                Optional.of("items"),
                Optional.empty(),
                BareFileSystem.CONF));
    lake.run(List.of(new Intake(source, IngestOptions.defaults())), PublishOptions.from(settings));
  }

  private static String first(String question) {
    LakeLayout layout = LakeLayout.of(root(), settings);
    try (Searcher searcher =
        Searcher.of(
            layout,
            settings,
            new ModelsRoot(layout.modelsUri(), BareFileSystem.CONF),
            HadoopSettings.configuration(BareFileSystem.CONF))) {
      return searcher
          .search(SearchQuery.text("text", question, 1, Optional.empty()))
          .hits()
          .get(0)
          .row()
          .text("uri")
          .orElseThrow();
    }
  }

  @Test
  void isRunSearchedAndAudited() throws IOException {
    assertThat(first("how do ants find home")).contains("ants.txt");
    assertThat(lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0).violations()).isEmpty();
    Files.writeString(
        made.resolve("items/tide.txt"), "The tide comes in twice a day, drawn by the moon.\n");
    run();
    assertThat(first("why does the tide rise")).contains("tide.txt");
    assertThat(lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0).violations()).isEmpty();
    System.out.println(
        lake.releases().stream().flatMap(r -> r.families().stream()).map(Family::path).toList());
  }
}
