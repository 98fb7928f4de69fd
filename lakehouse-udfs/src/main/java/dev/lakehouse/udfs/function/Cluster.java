// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import dev.lakehouse.udfs.ExecutorShare;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.resource.ResourceInformation;
import scala.Option;

/**
 * How large a cluster can become, as its settings say.
 *
 * @param executors at most; empty where nobody says
 * @param cores of an executor, or of the driver where it is the executor; empty where nobody says
 * @param gpus of an executor
 * @param taskGpus of a task: a share or a whole number
 * @param driverGpus addresses of the GPUs where the driver is the executor
 * @param isLocal whether it is
 */
record Cluster(
    OptionalInt executors,
    OptionalInt cores,
    double gpus,
    double taskGpus,
    List<String> driverGpus,
    boolean isLocal) {
  static final String EXECUTOR_GPUS = "spark.executor.resource.gpu.amount";
  static final String TASK_GPUS = "spark.task.resource.gpu.amount";
  static final String DRIVER_GPUS = "spark.driver.resource.gpu.amount";

  private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[(\\d+),.*");

  static Cluster of(SparkContext spark) {
    Option<ResourceInformation> gpus = spark.resources().get("gpu");
    return of(
        spark.getConf(),
        gpus.isEmpty() ? List.of() : List.of(gpus.get().addresses()),
        spark.statusTracker().getExecutorInfos().length - 1); // the driver is one of them
  }

  /**
   * @param driverGpus that the driver found
   * @param present executors that are there now
   */
  static Cluster of(SparkConf conf, List<String> driverGpus, int present) {
    String master = conf.get("spark.master", "");
    boolean local = master.equals("local") || master.startsWith("local[");
    int unknown = Integer.MAX_VALUE;
    int cores =
        ExecutorShare.coresTold(conf, local ? Runtime.getRuntime().availableProcessors() : unknown);
    return new Cluster(
        local ? OptionalInt.of(1) : executors(conf, master, present),
        cores == unknown ? OptionalInt.empty() : OptionalInt.of(cores),
        local ? driverGpus.size() : conf.getDouble(EXECUTOR_GPUS, 0),
        local ? driverGpus.size() : conf.getDouble(TASK_GPUS, 0),
        local ? driverGpus : List.of(),
        local);
  }

  private static OptionalInt executors(SparkConf conf, String master, int present) {
    Matcher cluster = LOCAL_CLUSTER.matcher(master);
    if (cluster.matches()) {
      return OptionalInt.of(Integer.parseInt(cluster.group(1)));
    }
    if (conf.getBoolean("spark.dynamicAllocation.enabled", false)) {
      return number(conf, "spark.dynamicAllocation.maxExecutors");
    }
    OptionalInt asked = number(conf, "spark.executor.instances");
    return asked.isPresent() || present < 1 ? asked : OptionalInt.of(present);
  }

  private static OptionalInt number(SparkConf conf, String key) {
    return conf.contains(key) ? OptionalInt.of(conf.getInt(key, 0)) : OptionalInt.empty();
  }
}
