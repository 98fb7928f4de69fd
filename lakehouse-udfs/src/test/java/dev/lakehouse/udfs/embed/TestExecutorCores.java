// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestExecutorCores {
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
    assertThat(ExecutorCores.of(new SparkConf(false).set("spark.master", master), 8))
        .isEqualTo(cores);
  }

  @Test
  void aSettingGoesFirst() {
    SparkConf conf =
        new SparkConf(false).set("spark.master", "yarn").set("spark.executor.cores", "3");

    assertThat(ExecutorCores.of(conf, 8)).isEqualTo(3);
  }
}
