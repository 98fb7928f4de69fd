// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A share of something, chosen by hash: the same at every audit.
 *
 * @param share above 0, at most 1
 */
public record Sample(double share) {
  private static final long BUCKETS = 1 << 20;

  /** Everything. */
  public static final Sample ALL = new Sample(1);

  public Sample {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("Not a share above 0 and at most 1: " + share);
    }
  }

  /** The chosen rows. */
  Dataset<Row> of(Dataset<Row> rows, String key) {
    long bound = Math.max(1, (long) (share * BUCKETS));
    return share == 1 ? rows : rows.where(pmod(xxhash64(col(key)), lit(BUCKETS)).lt(bound));
  }
}
