// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.embed.Vectors;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.udfs.TaskShare;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A job in a process of its own: embeds sentences with {@code minilm} and prints, for each task,
 * the process it ran in, how many native sessions that had opened, its resident memory in MiB, when
 * the task ran, and how many GPUs it was given.
 */
public final class EmbedProbe {
  static final String PREFIX = "task ";

  private static final StructType REPORT =
      StructType.fromDDL(
          "pid BIGINT, sessions BIGINT, rss BIGINT, rows INT, began BIGINT, ended BIGINT, gpus INT");

  private EmbedProbe() {}

  /** Arguments: the master, then the number of tasks. */
  public static void main(String[] args) {
    SparkSession spark =
        SparkSession.builder()
            .master(args[0])
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.executor.extraJavaOptions", System.getProperty("probe.options", ""))
            .getOrCreate();
    try {
      int tasks = Integer.parseInt(args[1]);
      Dataset<Row> reports =
          texts(spark, 2_048)
              .repartition(tasks)
              .mapPartitions(new Timed(partition()), Encoders.row(REPORT));
      reports.collectAsList().forEach(row -> System.out.println(PREFIX + row.mkString(",")));
    } finally {
      spark.stop();
    }
  }

  private static EmbedPartition partition() {
    String device = System.getProperty("probe.device", "auto");
    Settings settings =
        Settings.defaults().orElse(Map.of(Setting.EMBED_DEVICE.key(), device), "probe");
    return new EmbedPartition(
        Vectors.minilm(),
        EmbedOptions.from(settings, "probe"),
        new Contents(BlobStores.at("file:///nonexistent", Map.of()), Map.of(), 1));
  }

  private static Dataset<Row> texts(SparkSession spark, int count) {
    List<Row> rows = new ArrayList<>();
    IntStream.range(0, count)
        .mapToObj(i -> "Sentence %d tells of a ferry that was late in the winter".formatted(i))
        .forEach(text -> rows.add(RowFactory.create(Digests.sha256(text), text, null, null, null)));
    return spark.createDataFrame(rows, EmbedPartition.INPUT);
  }

  /** Embeds a partition to its end and reports on it. */
  private record Timed(EmbedPartition partition) implements MapPartitionsFunction<Row, Row> {

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      long began = System.currentTimeMillis();
      Iterator<EmbeddingRow> embedded = partition.call(rows);
      int count = 0;
      for (; embedded.hasNext(); embedded.next()) {
        count++;
      }
      return List.of(
              RowFactory.create(
                  ProcessHandle.current().pid(),
                  WarmEncoders.nativeSessions(),
                  residentMebibytes(),
                  count,
                  began,
                  System.currentTimeMillis(),
                  TaskShare.gpus(TaskContext.get()).size()))
          .iterator();
    }

    private static long residentMebibytes() {
      try {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
            .findFirst()
            .orElseThrow();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
