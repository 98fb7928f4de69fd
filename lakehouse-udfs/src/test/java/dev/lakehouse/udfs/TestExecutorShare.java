// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestExecutorShare {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "local | 1",
        "local[*] | 8",
        "local[2] | 2",
        "local[3,4] | 3",
        "local[16] | 8",
        "local-cluster[2,4,1024] | 4",
        "spark://host:7077 | 8",
        "k8s://https://host | 1",
        "yarn | 1"
      })
  void theMasterSaysHowMany(String master, int cores) {
    assertThat(ExecutorShare.cores(new SparkConf(false).set("spark.master", master), 8))
        .isEqualTo(cores);
  }

  @Test
  void aSettingGoesFirst() {
    SparkConf conf =
        new SparkConf(false).set("spark.master", "yarn").set("spark.executor.cores", "3");

    assertThat(ExecutorShare.cores(conf, 8)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // master | memory | overhead | MiB beside the heap, none where nobody limits it
        "local[2] | 4g | | ",
        "spark://host:7077 | 4g | | ",
        "spark://host:7077 | 4g | 2g | 2048",
        "yarn | 1g | | 384",
        "yarn | 8g | | 819",
        "k8s://https://host | 8g | 512m | 512",
        "k8s://https://host | 8g | 1024 | 1024"
      })
  void theClusterHoldsItToSoMuchMemory(
      String master, String memory, String overhead, Long expected) {
    SparkConf conf =
        new SparkConf(false).set("spark.master", master).set("spark.executor.memory", memory);
    if (overhead != null) {
      conf.set("spark.executor.memoryOverhead", overhead);
    }

    OptionalLong found = ExecutorShare.beyondHeap(conf);

    assertThat(found)
        .isEqualTo(expected == null ? OptionalLong.empty() : OptionalLong.of(expected << 20));
  }
}
