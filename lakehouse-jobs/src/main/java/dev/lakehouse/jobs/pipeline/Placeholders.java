// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.countDistinct;
import static org.apache.spark.sql.functions.min;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Contents that many URLs have: servers answer with a picture of their own where one is gone or is
 * not for everybody.
 */
final class Placeholders {
  /** URLs that may share a content by chance. */
  private static final int MANY = 5;

  private static final int SHOWN = 3;

  private Placeholders() {}

  /** The most frequent, a line for people each. */
  static List<String> of(Dataset<Row> outcomes) {
    return outcomes
        .where("asset IS NOT NULL")
        .groupBy("asset.sha256")
        .agg(countDistinct("asset.source_uri").as("urls"), min("asset.source_uri").as("one"))
        .where(col("urls").geq(MANY))
        .orderBy(col("urls").desc(), col("sha256"))
        .limit(SHOWN)
        .collectAsList()
        .stream()
        .map(
            row ->
                "ingest: %,d URLs have the same content, maybe a placeholder: %s is one of them"
                    .formatted(row.<Long>getAs("urls"), row.<String>getAs("one")))
        .toList();
  }
}
