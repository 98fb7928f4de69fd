// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestSizing {
  private static final Map<String, String> FOUR_GPUS =
      Map.of(
          "spark.master", "spark://host:7077",
          "spark.executor.instances", "4",
          "spark.executor.cores", "8",
          "spark.executor.resource.gpu.amount", "1",
          "spark.task.resource.gpu.amount", "0.125");

  private static void require(int concurrency, double gpus, Map<String, String> settings) {
    SparkConf conf = new SparkConf(false);
    settings.forEach(conf::set);
    require(concurrency, gpus, Cluster.of(conf, List.of(), 0));
  }

  private static void require(int concurrency, double gpus, Cluster cluster) {
    BatchKnobs knobs = BatchKnobs.DEFAULTS.withConcurrency(concurrency).withGpus(gpus);
    new Sizing("com.acme.Fn", knobs, cluster).require();
  }

  @ParameterizedTest
  @CsvSource({"8, 0", "1, 1", "2, 0.5", "8, 0.125"})
  void whatFitsMayRun(int concurrency, double gpus) {
    assertThatCode(() -> require(concurrency, gpus, FOUR_GPUS)).doesNotThrowAnyException();
  }

  @Test
  void moreGpusThanTheClusterHasAreRefusedWithTheProduct() {
    assertThatThrownBy(() -> require(2, 1, FOUR_GPUS))
        .isInstanceOfSatisfying(
            LakehouseException.class,
            e ->
                org.assertj.core.api.Assertions.assertThat(e.code())
                    .isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessage(
            "Cannot run com.acme.Fn: 4 executors × 2 instances × 1 GPUs = 8 GPUs, but the cluster has"
                + " at most 4 × 1 = 4. Lower the concurrency or the GPUs of an instance, or raise"
                + " spark.executor.resource.gpu.amount");
  }

  @Test
  void theMostThatACanGrowToCounts() {
    Map<String, String> growing =
        Map.of(
            "spark.master", "yarn",
            "spark.executor.cores", "4",
            "spark.dynamicAllocation.enabled", "true",
            "spark.dynamicAllocation.maxExecutors", "10");

    assertThatThrownBy(() -> require(1, 0.5, growing))
        .hasMessageContaining(
            "10 executors × 1 instances × 0.5 GPUs = 5 GPUs, but the cluster has");
  }

  @Test
  void whereNobodySaysHowManyExecutorsAnExecutorIsSpokenOf() {
    assertThatThrownBy(() -> require(3, 1, Map.of("spark.master", "spark://host:7077")))
        .hasMessageContaining(
            "3 instances × 1 GPUs = 3 GPUs in each executor, but an executor has 0");
  }

  @ParameterizedTest
  @CsvSource({"spark://host:7077, 8, 9", "yarn, 2, 3", "'local-cluster[2,4,1024]', 1, 5"})
  void moreInstancesThanCoresAreRefused(String master, String cores, int concurrency) {
    Map<String, String> conf = Map.of("spark.master", master, "spark.executor.cores", cores);

    assertThatThrownBy(() -> require(concurrency, 0, conf))
        .hasMessageContaining(
            "concurrency %d asks for %d instances in an executor, but an executor has %d cores"
                .formatted(concurrency, concurrency, concurrency - 1));
  }

  @Test
  void aTaskMustSeeAsManyGpusAsAnInstanceNeeds() {
    Map<String, String> conf =
        Map.of(
            "spark.master", "spark://host:7077",
            "spark.executor.resource.gpu.amount", "4",
            "spark.task.resource.gpu.amount", "1");

    assertThatThrownBy(() -> require(2, 2, conf))
        .hasMessageContaining("an instance needs 2 GPUs, but Spark gives a task 1")
        .hasMessageEndingWith("Set spark.task.resource.gpu.amount to 2");
  }

  @Test
  void onOneMachineTheGpusOfTheDriverCount() {
    SparkConf conf = new SparkConf(false).set("spark.master", "local[2]");

    assertThatCode(() -> require(2, 0.5, Cluster.of(conf, List.of("0"), 0)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> require(1, 1, Cluster.of(conf, List.of(), 0)))
        .hasMessageEndingWith("or raise spark.driver.resource.gpu.amount");
  }

  @ParameterizedTest
  @CsvSource({"0, 0, concurrency: 0", "1, 1.5, gpus: 1.5", "1, -1, gpus: -1.0"})
  void knobsOutOfRangeAreNamed(int concurrency, double gpus, String message) {
    assertThatThrownBy(() -> require(concurrency, gpus, FOUR_GPUS))
        .isInstanceOf(LakehouseException.class)
        .hasMessageStartingWith("Invalid " + message);
  }
}
