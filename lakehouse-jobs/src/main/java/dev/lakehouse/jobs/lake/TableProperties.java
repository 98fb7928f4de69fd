// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The Delta properties that a table is created with. */
final class TableProperties {
  /** Longer than any release lives: only our own clean-up expires what a release names. */
  private static final String FOR_EVER = "interval 36500 days";

  /** Tables of which a later step reads only what changed. */
  private static final Set<Table> WITH_CHANGE_FEED = Set.of(Tables.ASSETS, Tables.CATALOG);

  private TableProperties() {}

  static Map<String, String> of(Table table) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("delta.logRetentionDuration", FOR_EVER);
    properties.put("delta.deletedFileRetentionDuration", FOR_EVER);
    // plain Parquet files, so that a reader without Delta counts the same rows
    properties.put("delta.enableDeletionVectors", "false");
    properties.put("delta.enableChangeDataFeed", String.valueOf(WITH_CHANGE_FEED.contains(table)));
    // else a commit that appends without looking, as somebody else's may, is no conflict
    properties.put("delta.isolationLevel", "Serializable");
    if (table.equals(Tables.CATALOG)) {
      properties.putAll(CatalogConstraints.properties());
    }
    return properties;
  }
}
