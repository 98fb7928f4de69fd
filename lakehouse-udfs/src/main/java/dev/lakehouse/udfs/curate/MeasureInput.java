// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.curate;

import dev.lakehouse.core.content.Content;
import org.apache.spark.sql.Row;

/**
 * An item to be measured.
 *
 * @param sha256 digest of the content
 * @param probe that measures it
 * @param content as {@code assets} has it
 */
record MeasureInput(String sha256, String probe, Content content) {

  /** That of a row of {@link MeasurePartition#INPUT}. */
  static MeasureInput of(Row row) {
    return new MeasureInput(
        row.getString(0),
        row.getString(1),
        Content.ofColumns(row.getString(2), row.getString(3), row.getString(4)));
  }
}
