// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.demo.Delivery;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.proof.LakeContents;
import dev.lakehouse.core.lake.proof.LakeContentsReader;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.torture.FaultFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog$;
import org.jspecify.annotations.Nullable;

/**
 * A small lake whose tables, blobs, policies and runs are behind {@link FaultFileSystem}, and the
 * few items that it is made of.
 */
final class FaultyLake {
  private final Path items;
  private final SparkSession spark;
  private final Settings settings;
  private final String root;
  private @Nullable Throwable failure;

  private FaultyLake(Path items, Path folder) {
    this.items = items;
    this.root = "fault:" + folder;
    this.spark = SparkTest.session().newSession();
    spark.conf().set("spark.sql.shuffle.partitions", "1"); // fewer files: fewer k
    FaultFileSystem.CONF.forEach(spark.conf()::set);
    this.settings =
        Settings.defaults()
            .orElse(Map.of(Setting.LAKE_INDEX.key(), "file:" + folder.resolve("index")), "test");
  }

  /** A lake that is not there yet. */
  static FaultyLake in(Path folder, Path items) {
    return new FaultyLake(items, folder);
  }

  /** Two texts, one of them twice, a picture, and one that is cut off. */
  static Path items(Path folder) throws IOException {
    Delivery drawn = Delivery.write(folder.resolve("drawn"), 1, 1);
    Path items = Files.createDirectory(folder.resolve("items"));
    for (String picture : List.of("scene-000.jpg", "truncated-2.png")) {
      Path image = drawn.manifest().resolveSibling("images").resolve(picture);
      Files.copy(image, items.resolve(picture));
    }
    String first = "Ants find their way back to the nest by counting steps and watching the sun.\n";
    Files.writeString(items.resolve("ants.txt"), first);
    Files.writeString(items.resolve("copy.txt"), first);
    Files.writeString(
        items.resolve("bread.txt"), "Bread rises because yeast turns sugar into gas overnight.\n");
    return items;
  }

  /** Does everything, as a new process would, and returns the exit code. */
  int run() {
    DeltaLog$.MODULE$.clearCache();
    failure = null;
    try {
      Lakehouse.open(spark, root, settings, Progress.silent())
          .run(List.of(intake()), PublishOptions.from(settings));
      return 0;
    } catch (Throwable e) { // Spark throws checked exceptions that no signature tells of
      failure = e;
      return Failure.of(e).exitCode();
    }
  }

  /** What ended the last run that failed. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private Intake intake() {
    return new Intake(
        FilesSource.open(
            new FilesSource.Options(
                items.toString(), Optional.of("items"), Optional.empty(), Map.of())),
        IngestOptions.defaults());
  }

  /** What it says now. */
  LakeContents contents() {
    Configuration hadoop = new Configuration();
    FaultFileSystem.CONF.forEach(hadoop::set);
    return LakeContentsReader.read(LakeLayout.of(root, settings), hadoop);
  }
}
