// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.spark;

import dev.lakehouse.bench.Clock;
import dev.lakehouse.bench.Clock.Spent;
import dev.lakehouse.bench.Result;
import dev.lakehouse.bench.Task;
import dev.lakehouse.bench.floor.ClipPixels;
import dev.lakehouse.bench.floor.MiniLm;
import dev.lakehouse.bench.floor.Network;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;

/**
 * Spark as it is often written: a {@code mapPartitions} that opens a session of the runtime, with
 * one thread, decodes and runs batch after batch, and writes Parquet.
 */
public final class TaskSessions {
  private static final int WARM_UP = 8;
  private static final int TASKS_PER_CORE = 3;

  private final boolean eachBatch;

  private TaskSessions(boolean eachBatch) {
    this.eachBatch = eachBatch;
  }

  /** One session for all batches of a task. */
  public static TaskSessions perTask() {
    return new TaskSessions(false);
  }

  /** A session for every batch. */
  public static TaskSessions perBatch() {
    return new TaskSessions(true);
  }

  /** Runs once. */
  public Result run(String system, Task task) throws IOException {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[%d]".formatted(task.cores()))
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate()) {
      LongAccumulator loads = spark.sparkContext().longAccumulator();
      Dataset<Row> inputs = inputs(spark, task);
      Path out = task.data().folder().resolve("scratch-spark");
      embed(inputs.limit(WARM_UP), task, loads, out);
      loads.reset();
      Clock clock = new Clock();
      embed(inputs.repartition(task.cores() * TASKS_PER_CORE), task, loads, out);
      Spent whole = clock.spent(task.rows());
      return Result.here(system, task.workload().word(), whole, loads.value());
    }
  }

  private static Dataset<Row> inputs(SparkSession spark, Task task) throws IOException {
    if (task.workload().isPictures()) {
      return spark
          .read()
          .format("binaryFile")
          .load(task.data().photographs(task.workload(), task.rows()).toString())
          .select("content");
    }
    List<String> texts = task.data().texts(task.workload(), task.rows());
    return spark.createDataset(texts, Encoders.STRING()).toDF("text");
  }

  private void embed(Dataset<Row> inputs, Task task, LongAccumulator loads, Path out)
      throws IOException {
    MapPartitionsFunction<Row, float[]> embed =
        task.workload().isPictures()
            ? images(task.data().clip().resolve("vision_model.onnx").toString(), loads)
            : texts(loads);
    inputs
        .mapPartitions(embed, Encoders.kryo(float[].class))
        .write()
        .mode("overwrite")
        .parquet(out.toString());
  }

  private MapPartitionsFunction<Row, float[]> images(String network, LongAccumulator loads) {
    boolean again = eachBatch;
    return rows -> {
      ClipPixels pixels = new ClipPixels();
      return new Batches<>(
          rows,
          again,
          () -> {
            loads.add(1);
            return Network.open(network);
          },
          (session, batch) -> {
            var tensor = Network.floats(batch.size() * ClipPixels.NUMBERS);
            for (Row row : batch) {
              pixels.decode(row.getAs("content"), tensor);
            }
            return Batches.rows(session.pictures(tensor.flip(), batch.size()), batch.size());
          });
    };
  }

  private MapPartitionsFunction<Row, float[]> texts(LongAccumulator loads) {
    boolean again = eachBatch;
    return rows -> {
      var tokenizer = MiniLm.tokenizer();
      return new Batches<>(
          rows,
          again,
          () -> {
            loads.add(1);
            return MiniLm.network();
          },
          (session, batch) ->
              MiniLm.vectors(
                  session,
                  batch.stream()
                      .map(row -> tokenizer.encode(row.<String>getAs("text")).getIds())
                      .toList()));
    };
  }
}
