// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.jobs.lake.Progress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class TestWaves {
  private static final int ITEMS = 14;

  /** What every wave costs, however small it is. */
  private static final class Overhead implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Row> call(Iterator<Row> rows) throws InterruptedException {
      if (TaskContext.getPartitionId() == 0) {
        Thread.sleep(1_100);
      }
      return rows;
    }
  }

  @Test
  void wavesThatAreAllOverheadDoNotShrinkForEver() {
    SparkSession spark = SparkTest.session();
    Settings impatient =
        Settings.defaults()
            .orElse(
                Map.of(Setting.WAVE_SECONDS.key(), "1", Setting.WAVE_FIRST_ITEMS.key(), "1"),
                "test");
    Dataset<Row> items = spark.range(ITEMS).toDF("id");
    List<Long> committed = new ArrayList<>();

    new Waves(spark, impatient, Progress.silent())
        .run(
            new Waves.Work(
                "test",
                items,
                ITEMS,
                "id",
                rows -> rows.mapPartitions(new Overhead(), Encoders.row(rows.schema())),
                lit(true),
                (rows, complete) -> committed.add(rows.count())));

    assertThat(committed.stream().mapToLong(Long::longValue).sum()).isEqualTo(ITEMS);
    assertThat(committed).hasSizeBetween(2, 4);
  }
}
