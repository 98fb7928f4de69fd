// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.search;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.bench.Words;
import dev.lakehouse.bench.model.WordModel;
import dev.lakehouse.bench.own.PreparedLake;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.imports.BundleImport;
import dev.lakehouse.core.bundle.imports.ImportRequest;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.manifest.RowMapping;
import dev.lakehouse.core.connect.object.JsonlSource;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.ReleaseReader;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.jobs.Intake;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A lake of captions as a run releases it, with a family for each dimension, and its vectors in
 * files for others. Made once and kept.
 *
 * @param folder where everything is
 * @param rows of the lake
 */
public record SearchLake(Path folder, int rows) {
  static final Map<String, Integer> FAMILIES = new TreeMap<>(Map.of("text", 384, "wide", 512));
  private static final int QUESTIONS = 1_000;
  private static final int LEAST_WORDS = 6;
  private static final int MOST_WORDS = 27;

  /** That of so many rows below a folder. */
  public static SearchLake at(Path data, int rows) {
    return new SearchLake(data.resolve("search-" + rows), rows);
  }

  boolean isThere() {
    return Files.exists(folder.resolve("DONE"));
  }

  SearchData data(String family) {
    int dimension = requireNonNull(FAMILIES.get(family), family);
    return new SearchData(folder.resolve(String.valueOf(dimension)), dimension);
  }

  /** A searcher of it as the service has one. */
  Searcher searcher() {
    Lake lake = lake();
    return Searcher.serving(
        lake.layout(),
        lake.settings(),
        lake.models(),
        new Configuration(),
        ReleaseReader.current(lake.layout(), new Configuration()).orElseThrow());
  }

  private record Lake(LakeLayout layout, Settings settings, ModelsRoot models) {}

  private Lake lake() {
    String models = folder.resolve("models").toUri().toString();
    Map<String, String> told = new HashMap<>(Map.of("lakehouse.models", models));
    FAMILIES.forEach(
        (family, dimension) ->
            told.put("lakehouse.family.%s.bundle".formatted(family), "words-" + dimension));
    Settings settings = Settings.defaults().orElse(told, "bench");
    return new Lake(
        LakeLayout.of(folder.resolve("lake").toString(), settings),
        settings,
        ModelsRoot.at(models));
  }

  /** Makes it, in place of what an end before its time has left. */
  public void make(int cores) throws IOException {
    PreparedLake.delete(folder);
    Files.createDirectories(folder);
    for (int dimension : FAMILIES.values()) {
      Path export = folder.resolve("words-" + dimension);
      new WordModel(dimension).write(export, dimension);
      BundleImport.run(ImportRequest.of(export.toString()), lake().models());
    }
    Path manifest = manifest();
    try (SparkSession spark = PreparedLake.session(cores)) {
      Lakehouse driver =
          Lakehouse.open(
              spark,
              folder.resolve("lake").toString(),
              lake().settings(),
              line -> System.err.println(String.format(Locale.ROOT, "bench:   %s", line)));
      driver.run(
          List.of(
              new Intake(
                  JsonlSource.open(
                      new ManifestOptions(
                          manifest.toString(),
                          RowMapping.parse("id=id,text=text"),
                          Optional.empty(),
                          Optional.of("captions"),
                          Map.of())),
                  IngestOptions.defaults())),
          PublishOptions.from(lake().settings()));
      for (String family : FAMILIES.keySet()) {
        Files.createDirectories(data(family).folder());
        writeRows(driver, family);
      }
    }
    try (Searcher searcher = searcher()) {
      for (String family : FAMILIES.keySet()) {
        writeQuestions(searcher, family);
        data(family).writeNearest();
      }
    }
    Files.createFile(folder.resolve("DONE"));
  }

  private Path manifest() throws IOException {
    Path manifest = folder.resolve("captions.jsonl");
    Random random = new Random(1);
    try (BufferedWriter out = Files.newBufferedWriter(manifest)) {
      for (int i = 0; i < rows; i++) {
        out.write(Json.line(Map.of("id", "c" + i, "text", caption(random))));
        out.newLine();
      }
    }
    return manifest;
  }

  private static String caption(Random random) {
    return Words.sentence(random, random.nextInt(LEAST_WORDS, MOST_WORDS));
  }

  private void writeRows(Lakehouse driver, String family) throws IOException {
    List<Row> all =
        driver
            .catalog(Optional.empty())
            .selectExpr("asset_id", "text", family + "_vector AS vector")
            .orderBy("asset_id")
            .collectAsList();
    List<float[]> vectors = new ArrayList<>();
    try (BufferedWriter out = Files.newBufferedWriter(data(family).folder().resolve("rows.tsv"))) {
      for (Row row : all) {
        out.write(row.getString(0) + "\t" + row.getString(1));
        out.newLine();
        List<Float> numbers = row.getList(2);
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
          vector[i] = numbers.get(i);
        }
        vectors.add(vector);
      }
    }
    data(family).write("base.f32", vectors);
  }

  private void writeQuestions(Searcher searcher, String family) throws IOException {
    Random random = new Random(2);
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      vectors.add(searcher.embed(family, EmbedInput.query(caption(random))).vector());
    }
    data(family).write("query.f32", vectors);
  }
}
