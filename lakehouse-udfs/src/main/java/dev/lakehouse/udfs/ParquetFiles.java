// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Parquet files by their own names: Spark would take a bracket or a star in them for a pattern. */
public final class ParquetFiles {
  private static final String PATTERNS = "__globPaths__"; // as Spark's DataSource names it

  private ParquetFiles() {}

  /** The rows of files, or of all files in folders. */
  public static Dataset<Row> read(SparkSession spark, StructType schema, String... paths) {
    return spark.read().option(PATTERNS, "false").schema(schema).parquet(paths);
  }
}
