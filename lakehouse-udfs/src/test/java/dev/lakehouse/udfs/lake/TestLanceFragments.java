// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.index.IndexChange;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.lake.index.IndexPlace;
import dev.lakehouse.core.lake.index.IndexRows;
import dev.lakehouse.core.lake.index.IndexVersion;
import dev.lakehouse.core.lake.index.LanceIndex;
import dev.lakehouse.udfs.SparkColumns;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestLanceFragments {
  private static SparkSession spark;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void tasksWriteAndReadWhatTheDriverCommits() {
    LakeLayout layout = LakeLayout.of(folder.toString(), Settings.defaults());
    IndexPlace place = IndexPlace.of(layout, "text/abcdef01.lance", new Configuration());
    Dataset<Row> rows = rows(300).repartition(5).cache();

    List<byte[]> fragments =
        rows
            .mapPartitions(
                new LanceFragments(place, IndexRows.DIM), Encoders.row(LanceFragments.SCHEMA))
            .collectAsList()
            .stream()
            .map(row -> row.<byte[]>getAs("fragment"))
            .toList();
    IndexVersion version =
        LanceIndex.at(place, IndexRows.DIM).commit(IndexChange.whole("f".repeat(64), fragments));

    Dataset<Row> read = LanceScan.rows(spark, place, version.version(), IndexColumns.TABLE.names());
    assertThat(version.fragments()).isEqualTo(5);
    assertThat(read.count()).isEqualTo(300);
    assertThat(read.exceptAll(rows).count()).isZero();
  }

  private static Dataset<Row> rows(int count) {
    List<Row> rows =
        IndexRows.range(0, count).stream()
            .map(TestLanceFragments::values)
            .map(SparkColumns::row)
            .toList();
    return spark.createDataFrame(rows, SparkColumns.schema(IndexColumns.TABLE));
  }

  private static Values values(Object[] row) {
    Values values = Values.of(IndexColumns.TABLE);
    for (int i = 0; i < row.length; i++) {
      values.set(IndexColumns.TABLE.columns().get(i).name(), row[i]);
    }
    return values;
  }
}
