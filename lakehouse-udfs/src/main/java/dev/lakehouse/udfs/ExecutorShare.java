// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/** What the executor that this JVM is may use. */
public final class ExecutorShare {
  private static final String MASTER = "spark.master";
  private static final String CORES = "spark.executor.cores";
  private static final String GPUS = "spark.executor.resource.gpu.amount";
  private static final String OVERHEAD = "spark.executor.memoryOverhead";
  private static final double DEFAULT_SHARE = 0.1; // as Spark has it
  private static final long LEAST_OVERHEAD_MIB = 384;
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d+)(?:,.*)?])?");
  private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[.*,(\\d+),.*]");

  private ExecutorShare() {}

  /** The cores that Spark was told to use, and no more than there are. */
  public static int cores(SparkConf conf) {
    return cores(conf, Runtime.getRuntime().availableProcessors());
  }

  static int cores(SparkConf conf, int available) {
    return Math.max(1, Math.min(available, coresTold(conf, available)));
  }

  /**
   * The bytes beside its heap that the executor is held to; empty where nobody holds it to any, as
   * on one machine or with a standalone master, unless a setting says so.
   */
  public static OptionalLong beyondHeap(SparkConf conf) {
    if (conf.contains(OVERHEAD)) {
      return OptionalLong.of(conf.getSizeAsMb(OVERHEAD) << 20);
    }
    if (!enforces(conf)) {
      return OptionalLong.empty();
    }
    double share = conf.getDouble("spark.executor.memoryOverheadFactor", DEFAULT_SHARE);
    long heap = conf.getSizeAsMb("spark.executor.memory", "1g");
    return OptionalLong.of((long) Math.max(LEAST_OVERHEAD_MIB, heap * share) << 20);
  }

  /** Whether the cluster ends executors that take more than they were given. */
  private static boolean enforces(SparkConf conf) {
    String master = conf.get(MASTER, "");
    return master.startsWith("yarn") || master.startsWith("k8s:");
  }

  /** The GPUs that Spark was told to give each executor; 0 where nobody told it. */
  public static int gpus(SparkConf conf) {
    return conf.getInt(GPUS, 0);
  }

  /**
   * The cores that Spark was told to use, whether there are so many or not; else those available.
   */
  public static int coresTold(SparkConf conf, int available) {
    String master = conf.get(MASTER, "");
    Matcher local = LOCAL.matcher(master);
    if (local.matches()) {
      return local.group(1) == null ? 1 : Integer.parseInt(local.group(1));
    }
    Matcher cluster = LOCAL_CLUSTER.matcher(master);
    if (cluster.matches()) {
      return Integer.parseInt(cluster.group(1));
    }
    // what these give an executor when nobody asks for more; others give it the machine
    return conf.getInt(CORES, enforces(conf) ? 1 : available);
  }
}
