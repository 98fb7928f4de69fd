// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.own;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.demo.Delivery;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.jobs.Intake;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.torture.S3Server;
import dev.lakehouse.jobs.watch.AuditReport;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog$;

/**
 * A lake in a bucket, of drawn pictures and texts in the same bucket. Each step begins as a new
 * process would: it knows nothing of the lake's tables.
 */
public final class LakeInBucket implements AutoCloseable {
  private static final String SOURCE = "in";

  /** What the launcher tells Hadoop. */
  private static final Map<String, String> LAUNCHER =
      Map.of(
          "fs.s3a.attempts.maximum", "3",
          "fs.s3a.retry.throttle.limit", "12",
          "fs.s3a.directory.marker.retention", "keep");

  private static final Settings SETTINGS =
      Settings.defaults().orElse(Map.of(Setting.CLIP_MODEL.key(), "shapes-clip"), "bench");

  private final S3Server s3;
  private final SparkSession spark;
  private final Map<String, String> hadoop;
  private final int files;

  private LakeInBucket(S3Server s3, SparkSession spark, Map<String, String> hadoop, int files) {
    this.s3 = s3;
    this.spark = spark;
    this.hadoop = hadoop;
    this.files = files;
  }

  /**
   * Puts what it will be made of into the bucket.
   *
   * @param folder that is drawn into
   * @param scenes how many pictures
   */
  public static LakeInBucket of(S3Server s3, Path folder, int scenes, int cores)
      throws IOException {
    Delivery drawn = Delivery.write(folder, 1, scenes);
    Path images = drawn.manifest().resolveSibling("images");
    s3.putAll(images, SOURCE + "/images");
    s3.putAll(drawn.texts(), SOURCE + "/texts");
    Map<String, String> hadoop = new HashMap<>(s3.access());
    hadoop.putAll(LAUNCHER);
    SparkSession spark = PreparedLake.session(cores).newSession();
    hadoop.forEach(spark.conf()::set);
    return new LakeInBucket(s3, spark, hadoop, count(images) + count(drawn.texts()));
  }

  private static int count(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return (int) all.filter(Files::isRegularFile).count();
    }
  }

  /** How many files the source has. */
  public int files() {
    return files;
  }

  /** Everything in order. */
  public void run() {
    FilesSource source =
        FilesSource.open(
            new FilesSource.Options(
                s3.uri(SOURCE), Optional.of("drawn"), Optional.empty(), hadoop));
    lake()
        .run(List.of(new Intake(source, IngestOptions.defaults())), PublishOptions.from(SETTINGS));
  }

  /** A question to each family. */
  public void search() {
    Searcher searcher =
        Searcher.of(
            lake().layout(),
            SETTINGS,
            ModelsRoot.at(lake().layout().models()),
            HadoopSettings.configuration(hadoop));
    for (String family : List.of("text", "clip")) {
      if (searcher
          .search(SearchQuery.text(family, "a red circle", 5, Optional.empty()))
          .hits()
          .isEmpty()) {
        throw new IllegalStateException("Nothing was found in " + family);
      }
    }
  }

  /** Looks at all, contents included. */
  public void audit() {
    AuditReport report = lake().audit(ReleaseChoice.CURRENT, Sample.ALL).get(0);
    if (!report.clean()) {
      throw new IllegalStateException("Not clean: " + report.violations());
    }
  }

  private Lakehouse lake() {
    DeltaLog$.MODULE$.clearCache();
    return Lakehouse.open(spark, s3.uri("lake"), SETTINGS, Progress.silent());
  }

  @Override
  public void close() {
    spark.stop();
  }
}
