// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs;

import java.util.HashMap;
import java.util.Map;

/** What the configuration of a session says to others than Spark. */
public final class SessionSettings {
  private static final String HADOOP = "spark.hadoop.";

  private SessionSettings() {}

  /** What it says to Hadoop beyond its defaults, in a form that travels to executors. */
  public static Map<String, String> hadoop(Map<String, String> conf) {
    Map<String, String> found = new HashMap<>();
    conf.forEach(
        (key, value) -> {
          if (key.startsWith(HADOOP)) {
            found.put(key.substring(HADOOP.length()), value);
          } else if (key.startsWith("fs.")) {
            found.put(key, value);
          }
        });
    return found;
  }
}
