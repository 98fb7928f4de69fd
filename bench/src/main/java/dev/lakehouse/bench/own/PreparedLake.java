// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.own;

import dev.lakehouse.bench.Task;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.imports.BundleImport;
import dev.lakehouse.core.bundle.imports.ImportRequest;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.manifest.RowMapping;
import dev.lakehouse.core.connect.object.JsonlSource;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.lake.delta.Sessions;
import dev.lakehouse.jobs.pipeline.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * A lake as it is before {@code embed}, made once and copied for each run.
 *
 * @param folder the lake
 * @param models where its models are
 */
public record PreparedLake(Path folder, Path models) {
  static final String CLIP = "clip-b32";
  public static final String FP32 = "fp32";
  private static final String PASS_ALL =
      "name: all\nkeeper: [smallest-asset-id]\nrules:\n"
          + "  - {name: any, applies_to: all, require: 'true', severity: warn, reason: NONE}\n";

  /** The lake of a task; makes what is not there. */
  public static PreparedLake of(Task task) throws IOException {
    Path data = task.data().folder();
    PreparedLake lake =
        new PreparedLake(
            data.resolve("lake-%s-%d".formatted(task.workload().word(), task.rows())),
            data.resolve("models"));
    if (task.workload().isPictures() && !Files.exists(lake.models().resolve(CLIP))) {
      BundleImport.run(
          ImportRequest.of(task.data().clip().toString()).named(CLIP),
          ModelsRoot.at(lake.models().toUri().toString()));
    }
    if (!Files.exists(lake.folder())) {
      lake.make(task);
    }
    return lake;
  }

  private void make(Task task) throws IOException {
    Path unfinished = folder.resolveSibling(folder.getFileName() + ".tmp");
    delete(unfinished);
    try (SparkSession spark = session(task.cores())) {
      PreparedLake lake = new PreparedLake(unfinished, models);
      Lakehouse driver = lake.open(spark, FP32);
      driver.ingest(source(task), IngestOptions.defaults());
      driver.measure(Scope.CHANGED);
      driver.dedup(Scope.CHANGED);
      driver.judge(Optional.of(Policy.parse(PASS_ALL)), Scope.CHANGED);
    }
    Files.move(unfinished, folder);
  }

  private static Source source(Task task) throws IOException {
    if (task.workload().isPictures()) {
      Path photographs = task.data().photographs(task.workload(), task.rows());
      return FilesSource.open(
          new FilesSource.Options(
              photographs.toString(), Optional.of("images"), Optional.empty(), Map.of()));
    }
    Path rows = task.data().folder().resolve(task.workload().word() + ".jsonl");
    List<String> lines = new ArrayList<>();
    for (String text : task.data().texts(task.workload(), task.rows())) {
      lines.add(Json.line(Map.of("id", "t" + lines.size(), "text", text)));
    }
    Files.write(rows, lines);
    return JsonlSource.open(
        new ManifestOptions(
            rows.toString(),
            RowMapping.parse("id=id,text=text"),
            Optional.empty(),
            Optional.of("texts"),
            Map.of()));
  }

  /** Spark of this process, with so many tasks at once. */
  public static SparkSession session(int cores) {
    return Sessions.local("local[%d]".formatted(cores)).getOrCreate();
  }

  Lakehouse open(SparkSession spark, String precision) {
    Settings settings =
        Settings.defaults()
            .orElse(
                Map.of(
                    Setting.CLIP_MODEL.key(),
                    CLIP,
                    Setting.EMBED_PRECISION.key(),
                    precision,
                    Setting.MODELS.key(),
                    models.toUri().toString()),
                "bench");
    return Lakehouse.open(
        spark,
        folder.toString(),
        settings,
        line -> System.err.println(String.format(Locale.ROOT, "bench:   %s", line)));
  }

  /** A lake of its own; what is never changed in place is linked. */
  PreparedLake copy(Path to) throws IOException {
    delete(to);
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Path place = to.resolve(folder.relativize(each).toString());
        if (Files.isDirectory(each)) {
          Files.createDirectories(place);
        } else {
          Files.createLink(place, each);
        }
      }
    }
    return new PreparedLake(to, models);
  }

  /** Removes a folder and everything in it, if it is there. */
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(java.util.Comparator.reverseOrder()).forEach(PreparedLake::deleteOne);
    }
  }

  private static void deleteOne(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
