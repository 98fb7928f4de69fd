// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import dev.lakehouse.core.Table;
import java.util.List;
import java.util.Map;

/**
 * Some rows of a table.
 *
 * @param shown the table, with the columns that are shown
 * @param version of the table; -1 where it does not exist yet or has no versions
 * @param count rows that meet the condition, before the limit
 * @param rows the first of them in the order of the key; values by column, null where empty
 */
public record TablePage(Table shown, long version, long count, List<Map<String, Object>> rows) {

  /** The name of the table. */
  public String table() {
    return shown.name();
  }
}
