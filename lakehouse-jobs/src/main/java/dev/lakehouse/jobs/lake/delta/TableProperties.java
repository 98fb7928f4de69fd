// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.DeltaProperties;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The Delta properties that a table is created with. */
final class TableProperties {
  private TableProperties() {}

  static Map<String, String> of(Table table) {
    Map<String, String> properties = new TreeMap<>(DeltaProperties.of(table));
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
