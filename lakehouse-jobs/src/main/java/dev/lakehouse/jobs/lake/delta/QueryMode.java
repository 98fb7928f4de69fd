// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import java.util.Map;
import org.apache.spark.sql.SparkSession;
import scala.collection.JavaConverters;

/**
 * How Spark runs queries. Over a few rows they are interpreted, planned once, and run in one task
 * for each stage: code generated for them, and tasks started, would cost more than they do. What
 * somebody set is left as it is.
 */
enum QueryMode {
  /** For few rows. */
  INTERPRETED,
  /** As the session does by itself. */
  GENERATED;

  /** Where the session says which it is. */
  private static final String MODE = "spark.lakehouse.queries";

  private static final Map<String, String> FOR_FEW =
      Map.of(
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN",
          "spark.sql.adaptive.enabled", "false",
          "spark.sql.shuffle.partitions", "1",
          "spark.sql.files.minPartitionNum", "1",
          "spark.sql.leafNodeDefaultParallelism", "1",
          // what is in one task already is joined there, without a job that sends it around
          "spark.sql.autoBroadcastJoinThreshold", "-1",
          // what is told to listeners is the code generated: there is none, and no plan to write
          // out
          "spark.sql.ui.explainMode", "codegen");

  private static final long MOST_ROWS = 2_000;
  private static final long MOST_BYTES = 1 << 20;
  private static final long MOST_BYTES_MADE_OF_THEM = 32 << 20;

  /**
   * What fits.
   *
   * @param rows that come
   * @param bytes of the rows that are there
   * @param made bytes of what was made of these: a few documents may have many passages
   */
  static QueryMode of(long rows, long bytes, long made) {
    return rows <= MOST_ROWS && bytes <= MOST_BYTES && made <= MOST_BYTES_MADE_OF_THEM
        ? INTERPRETED
        : GENERATED;
  }

  /** Whether the queries of a session are fitted to few rows. */
  static boolean isForFew(SparkSession session) {
    return session.conf().getOption(MODE).contains(INTERPRETED.name());
  }

  /**
   * Sets it, except where the caller of the session chose.
   *
   * @param caller whose choices count
   * @param own session that queries
   */
  void set(SparkSession caller, SparkSession own) {
    own.conf().set(MODE, name());
    Map<String, String> given = JavaConverters.mapAsJavaMap(caller.conf().getAll());
    FOR_FEW.forEach(
        (key, few) -> {
          String value = given.get(key);
          boolean chosen = value != null && !Sessions.isOurs(key, value);
          if (!chosen && this == INTERPRETED) {
            own.conf().set(key, few);
          } else if (value != null) {
            own.conf().set(key, value);
          } else {
            own.conf().unset(key);
          }
        });
  }
}
