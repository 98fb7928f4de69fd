// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/** How many cores the executor that this JVM is may use. */
final class ExecutorCores {
  private static final String KEY = "spark.executor.cores";
  private static final Pattern LOCAL = Pattern.compile("local(?:\\[(\\d+)(?:,.*)?])?");
  private static final Pattern LOCAL_CLUSTER = Pattern.compile("local-cluster\\[.*,(\\d+),.*]");

  private ExecutorCores() {}

  /** What Spark was told to use, and no more than there are. */
  static int of(SparkConf conf, int available) {
    return Math.max(1, Math.min(available, told(conf, available)));
  }

  private static int told(SparkConf conf, int available) {
    String master = conf.get("spark.master", "");
    Matcher local = LOCAL.matcher(master);
    if (local.matches()) {
      return local.group(1) == null ? 1 : Integer.parseInt(local.group(1));
    }
    Matcher cluster = LOCAL_CLUSTER.matcher(master);
    if (cluster.matches()) {
      return Integer.parseInt(cluster.group(1));
    }
    // what these give an executor when nobody asks for more; others give it the machine
    boolean one = master.startsWith("yarn") || master.startsWith("k8s:");
    return conf.getInt(KEY, one ? 1 : available);
  }
}
