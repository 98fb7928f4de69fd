// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.derive;

import dev.lakehouse.core.content.Content;
import org.apache.spark.sql.Row;

/**
 * A content to be derived from.
 *
 * @param sha256 digest of the content
 * @param deriver that reads it
 * @param content as {@code assets} has it
 */
record DeriveInput(String sha256, String deriver, Content content) {

  /** That of a row of {@link DerivePartition#INPUT}. */
  static DeriveInput of(Row row) {
    return new DeriveInput(
        row.getString(0),
        row.getString(1),
        Content.ofColumns(row.getString(2), row.getString(3), row.getString(4)));
  }
}
