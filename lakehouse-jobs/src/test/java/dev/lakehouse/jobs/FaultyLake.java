// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.demo.Delivery;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.proof.LakeContents;
import dev.lakehouse.core.lake.proof.LakeContentsReader;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.torture.FaultFileSystem;
import dev.lakehouse.jobs.watch.AuditReport;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog$;
import org.jspecify.annotations.Nullable;

/** A small lake on storage that may fail, and the few items that it is made of. */
final class FaultyLake {
  private final String items;
  private final SparkSession spark;
  private final Settings settings;
  private final String root;
  private final Map<String, String> hadoop;
  private @Nullable Throwable failure;

  private FaultyLake(String items, String root, Settings settings, Map<String, String> hadoop) {
    this.items = items;
    this.root = root;
    this.settings = settings;
    this.hadoop = hadoop;
    this.spark = SparkTest.session().newSession();
    spark.conf().set("spark.sql.shuffle.partitions", "1"); // fewer files: fewer k
    hadoop.forEach(spark.conf()::set);
  }

  /**
   * A lake that is not there yet. Its tables, blobs, policies and runs are behind {@link
   * FaultFileSystem}.
   */
  static FaultyLake in(Path folder, Path items) {
    Settings settings =
        Settings.defaults()
            .orElse(Map.of(Setting.LAKE_INDEX.key(), "file:" + folder.resolve("index")), "test");
    return new FaultyLake(items.toString(), "fault:" + folder, settings, FaultFileSystem.CONF);
  }

  /**
   * A lake that is not there yet, all of it in a bucket, as its items are.
   *
   * @param hadoop settings that reach the bucket
   */
  static FaultyLake at(String root, String items, Map<String, String> hadoop) {
    return new FaultyLake(items, root, Settings.defaults(), hadoop);
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
      lakehouse().run(List.of(intake()), PublishOptions.from(settings));
      return 0;
    } catch (Throwable e) { // Spark throws checked exceptions that no signature tells of
      failure = e;
      return Failure.of(e).exitCode();
    }
  }

  private Lakehouse lakehouse() {
    return Lakehouse.open(spark, root, settings, Progress.silent());
  }

  /** What ended the last run that failed. */
  Optional<Throwable> failure() {
    return Optional.ofNullable(failure);
  }

  private Intake intake() {
    return new Intake(
        FilesSource.open(
            new FilesSource.Options(items, Optional.of("items"), Optional.empty(), hadoop)),
        IngestOptions.defaults());
  }

  /** What it says now. */
  LakeContents contents() {
    return LakeContentsReader.read(
        LakeLayout.of(root, settings), HadoopSettings.configuration(hadoop));
  }

  /** What an audit says of it. */
  AuditReport audit() {
    return lakehouse().audit(ReleaseChoice.CURRENT, Sample.ALL).get(0);
  }
}
