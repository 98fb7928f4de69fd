// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import java.util.List;
import java.util.Map;

/**
 * Some rows of a table.
 *
 * @param table name
 * @param version of the table; -1 where it does not exist yet or has no versions
 * @param count rows that meet the condition, before the limit
 * @param rows the first of them in the order of the key; values by column, null where empty
 */
public record TablePage(String table, long version, long count, List<Map<String, Object>> rows) {}
