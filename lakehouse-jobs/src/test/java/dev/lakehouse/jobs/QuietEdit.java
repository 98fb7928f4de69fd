// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;

/**
 * Edits the rows of a Delta table where they lie, so that no commit tells of it: the work of a
 * careful forger, or of a disk that lies.
 */
final class QuietEdit {
  private final SparkSession spark;
  private final Path table;

  QuietEdit(SparkSession spark, Path table) {
    this.spark = spark;
    this.table = table;
  }

  /** Rewrites the file that holds a row, everywhere under its own name. */
  void rows(String holding, UnaryOperator<Dataset<Row>> edit) throws IOException {
    int edited = 0;
    for (Path file : files(".parquet")) {
      Dataset<Row> rows = spark.read().parquet(file.toString());
      if (!rows.where(holding).isEmpty()) {
        replace(file, edit.apply(rows));
        edited++;
      }
    }
    if (edited == 0) {
      throw new IllegalStateException("No row of " + table + " fits " + holding);
    }
    DeltaLog.clearCache();
  }

  private void replace(Path file, Dataset<Row> rows) throws IOException {
    Path made = Files.createTempDirectory("forged");
    rows.coalesce(1).write().mode("overwrite").parquet(made.toString());
    long before = Files.size(file);
    try (Stream<Path> parts = Files.list(made)) {
      Path part =
          parts.filter(each -> each.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.write(file, Files.readAllBytes(part));
    }
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    for (String log : List.of(".json", ".crc")) {
      for (Path commit : files(log)) {
        resize(commit, file.getFileName().toString(), before, Files.size(file));
      }
    }
  }

  /** The log tells the size of each file, and readers find the end of a file by it. */
  private static void resize(Path commit, String file, long before, long after) throws IOException {
    List<String> lines = Files.readAllLines(commit);
    List<String> forged =
        lines.stream()
            .map(
                line ->
                    line.contains(file)
                        ? line.replace("\"size\":" + before, "\"size\":" + after)
                        : line)
            .toList();
    if (!forged.equals(lines)) {
      Files.write(commit, forged);
      Files.deleteIfExists(commit.resolveSibling("." + commit.getFileName() + ".crc"));
    }
  }

  private List<Path> files(String suffix) throws IOException {
    try (Stream<Path> all = Files.walk(table)) {
      return all.filter(file -> file.toString().endsWith(suffix))
          .filter(file -> !file.toString().contains("_change_data"))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .toList();
    }
  }
}
