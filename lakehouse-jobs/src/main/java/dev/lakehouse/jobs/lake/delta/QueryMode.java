// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import scala.collection.JavaConverters;

/**
 * How Spark runs queries. Over a few rows they are interpreted, and planned once: code generated
 * for them would cost more than they do. What somebody set is left as it is.
 */
enum QueryMode {
  /** For few rows. */
  INTERPRETED(
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.adaptive.enabled", "false")),
  /** As Spark does by itself. */
  GENERATED(
      Map.of(
          "spark.sql.codegen.wholeStage", "true",
          "spark.sql.codegen.factoryMode", "FALLBACK",
          "spark.sql.adaptive.enabled", "true"));

  private static final long MOST_ROWS = 2_000;
  private static final long MOST_BYTES = 1 << 20;

  private final Map<String, String> settings;

  QueryMode(Map<String, String> settings) {
    this.settings = settings;
  }

  /**
   * What fits.
   *
   * @param rows that come
   * @param bytes of the rows that are there
   */
  static QueryMode of(long rows, long bytes) {
    return rows <= MOST_ROWS && bytes <= MOST_BYTES ? INTERPRETED : GENERATED;
  }

  /**
   * Sets it, except where the caller of the session chose.
   *
   * @param caller whose choices count
   * @param own session that queries
   */
  void set(SparkSession caller, SparkSession own) {
    Map<String, String> chosen = JavaConverters.mapAsJavaMap(caller.conf().getAll());
    settings.forEach(
        (key, value) -> {
          if (!chosen.containsKey(key)) {
            own.conf().set(key, value);
          }
        });
  }
}
