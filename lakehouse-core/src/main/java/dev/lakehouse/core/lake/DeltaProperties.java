// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The Delta properties that every table of a lake is made with, whoever makes it. */
public final class DeltaProperties {
  /** Longer than any release lives: only our own clean-up expires what a release names. */
  private static final String FOR_EVER = "interval 36500 days";

  /** Tables of which a later step reads only what changed. */
  private static final Set<String> WITH_CHANGE_FEED =
      Set.of(Tables.ASSETS.name(), Tables.DERIVED.name(), Tables.PUBLISHED.name());

  private DeltaProperties() {}

  /** Those of a table. */
  public static Map<String, String> of(Table table) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("delta.logRetentionDuration", FOR_EVER);
    properties.put("delta.deletedFileRetentionDuration", FOR_EVER);
    // plain Parquet files, so that a reader without Delta counts the same rows
    properties.put("delta.enableDeletionVectors", "false");
    properties.put(
        "delta.enableChangeDataFeed", String.valueOf(WITH_CHANGE_FEED.contains(table.name())));
    // else a commit that appends without looking, as somebody else's may, is no conflict
    properties.put("delta.isolationLevel", "Serializable");
    return properties;
  }
}
