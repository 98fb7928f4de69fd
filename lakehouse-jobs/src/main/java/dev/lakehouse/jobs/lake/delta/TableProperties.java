// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.CatalogTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The Delta properties that a table is created with. */
final class TableProperties {
  /** Longer than any release lives: only our own clean-up expires what a release names. */
  private static final String FOR_EVER = "interval 36500 days";

  /** Tables of which a later step reads only what changed. */
  private static final Set<String> WITH_CHANGE_FEED =
      Set.of(Tables.ASSETS.name(), Tables.DERIVED.name(), Tables.PUBLISHED.name());

  private TableProperties() {}

  static Map<String, String> of(Table table) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("delta.logRetentionDuration", FOR_EVER);
    properties.put("delta.deletedFileRetentionDuration", FOR_EVER);
    // plain Parquet files, so that a reader without Delta counts the same rows
    properties.put("delta.enableDeletionVectors", "false");
    properties.put(
        "delta.enableChangeDataFeed", String.valueOf(WITH_CHANGE_FEED.contains(table.name())));
    // else a commit that appends without looking, as somebody else's may, is no conflict
    properties.put("delta.isolationLevel", "Serializable");
    if (CatalogTable.is(table)) {
      properties.putAll(CatalogConstraints.properties(CatalogTable.familiesIn(table.names())));
    }
    return properties;
  }

  /** Those that come with the columns that a table lacks; what it lacks beside stays lacking. */
  static Map<String, String> added(Table table, List<String> present) {
    Map<String, String> added = new TreeMap<>();
    if (CatalogTable.is(table)) {
      List<String> more = new ArrayList<>(CatalogTable.familiesIn(table.names()));
      more.removeAll(CatalogTable.familiesIn(present));
      more.forEach(family -> added.putAll(CatalogConstraints.properties(family)));
    }
    return added;
  }
}
