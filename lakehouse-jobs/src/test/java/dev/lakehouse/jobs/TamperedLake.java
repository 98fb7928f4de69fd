// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.demo.Delivery;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.pipeline.Scope;
import dev.lakehouse.jobs.watch.AuditReport;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import dev.lakehouse.jobs.watch.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;

/** A small published lake that somebody is about to harm; a copy of one that tests share. */
final class TamperedLake {
  static final Settings SETTINGS =
      Settings.defaults().orElse(Map.of(Setting.CLIP_MODEL.key(), "shapes-clip"), "test");

  final Path root;
  final Lakehouse lake;

  private static final class Shared {
    static final TamperedLake LAKE = published();

    private static TamperedLake published() {
      try {
        return publish(Files.createTempDirectory("shared-lake-"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private TamperedLake(Path root) {
    this.root = root;
    this.lake = Lakehouse.open(spark(), root.toString(), SETTINGS, Progress.silent());
  }

  /**
   * Four texts, two of them equal, and three pictures, all of them published but one. All tests of
   * a JVM share it: it is for looking and copying.
   */
  static TamperedLake shared() {
    return Shared.LAKE;
  }

  private static TamperedLake publish(Path folder) throws IOException {
    Delivery data = Delivery.write(folder.resolve("all"), 7, 5);
    Path chosen = Files.createDirectories(folder.resolve("chosen"));
    try (Stream<Path> texts = Files.list(data.texts().resolve("en"))) {
      List<Path> three = texts.sorted().limit(3).toList();
      for (Path text : three) {
        Files.copy(text, chosen.resolve(text.getFileName()));
      }
      Files.copy(three.get(0), chosen.resolve("the-same-again.txt"));
    }
    for (String picture : List.of("scene-002.png", "scene-003.jpg", "scene-004.png")) {
      Files.copy(
          data.manifest().resolveSibling("images").resolve(picture), chosen.resolve(picture));
    }
    TamperedLake made = new TamperedLake(folder.resolve("lake"));
    FilesSource source =
        FilesSource.open(
            new FilesSource.Options(
                chosen.toString(), Optional.of("chosen"), Optional.empty(), Map.of()));
    made.lake.run(
        List.of(new Intake(source, IngestOptions.defaults())), PublishOptions.from(SETTINGS));
    return made;
  }

  /** The same lake at another place: tables name their files relative to themselves. */
  TamperedLake copy(Path to) throws IOException {
    FileUtils.copyDirectory(root.toFile(), to.toFile());
    return new TamperedLake(to);
  }

  static SparkSession spark() {
    return SparkTest.session();
  }

  Path table(String name) {
    return root.resolve("tables").resolve(name);
  }

  /** Runs a statement in which a table's name stands in angle brackets. */
  void sql(String statement) {
    spark().sql(statement.replaceAll("<(\\w+)>", "delta.`" + root + "/tables/$1`"));
  }

  QuietEdit quietly(String table) {
    return new QuietEdit(spark(), table(table));
  }

  Release current() {
    return lake.current().orElseThrow();
  }

  Family family(String name) {
    return current().family(name).orElseThrow();
  }

  Path blob() throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve("blobs/sha256"))) {
      return files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
    }
  }

  List<Violation> violations() {
    AuditReport report = lake.audit(ReleaseChoice.CURRENT, Sample.ALL).get(0);
    return report.violations();
  }

  /** Does what the printed remedy says, word for word. */
  void remedy(String remedy) {
    for (String step : remedy.split(", then ")) {
      switch (step) {
        case "lakehouse publish --rebuild" ->
            lake.publish(new PublishOptions(1, 1, PublishOptions.Mode.REBUILD));
        case "lakehouse publish" -> lake.publish(PublishOptions.from(SETTINGS));
        case "lakehouse judge --full" -> lake.judge(Optional.empty(), Scope.ALL);
        case "lakehouse dedup --full" -> lake.dedup(Scope.ALL);
        case "lakehouse repair --apply" -> lake.repair();
        case "lakehouse run" -> lake.run(List.of(), PublishOptions.from(SETTINGS));
        default -> throw new IllegalArgumentException("No command: " + step);
      }
    }
  }
}
