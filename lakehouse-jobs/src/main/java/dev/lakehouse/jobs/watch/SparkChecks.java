// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.watch.health.Check;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Spark as it was started, and what of it the lakehouse needs. */
final class SparkChecks {
  private static final String AREA = "spark";

  private SparkChecks() {}

  static List<Check> all(SparkSession spark) {
    return List.of(version(spark), job(spark), delta(spark));
  }

  private static Check version(SparkSession spark) {
    String found = "%s on %s".formatted(spark.version(), spark.sparkContext().master());
    return spark.version().startsWith("3.5.")
        ? Check.ok(AREA, "version", found)
        : Check.fail(AREA, "version", found, "Run with Spark 3.5, which this build was made for");
  }

  private static Check job(SparkSession spark) {
    return Check.attempt(
        AREA,
        "a job",
        "See the log: --verbose",
        () -> "%d rows from %d tasks".formatted(spark.range(0, 1000, 1, 2).count(), 2));
  }

  private static Check delta(SparkSession spark) {
    String extensions = spark.conf().get("spark.sql.extensions", "");
    return extensions.contains("DeltaSparkSessionExtension")
        ? Check.ok(AREA, "Delta", "session extension is on")
        : Check.fail(
            AREA,
            "Delta",
            "spark.sql.extensions is '" + extensions + "'",
            "--spark-conf spark.sql.extensions=io.delta.sql.DeltaSparkSessionExtension");
  }
}
