// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.jobs.lake.delta.OutputTable;
import dev.lakehouse.udfs.function.MapBatches;
import java.util.List;
import java.util.Optional;

/**
 * A user's function over a table of the lake, into a table outside of it.
 *
 * @param function what to run, on which columns
 * @param table name of the table to read
 * @param where which rows, in the grammar of {@link dev.lakehouse.core.filter.Filter}
 * @param output where the Delta table shall be: a folder or a URI
 * @param ifThere what becomes of one that is there already
 */
public record MapRequest(
    MapBatches function,
    String table,
    Optional<String> where,
    String output,
    OutputTable.IfThere ifThere) {

  public MapRequest {
    requireNonNull(function, "function is null");
    requireNonNull(table, "table is null");
    requireNonNull(where, "where is null");
    requireNonNull(output, "output is null");
    requireNonNull(ifThere, "ifThere is null");
  }

  /** The same; where the function keeps no column, with these. */
  public MapRequest orKeep(List<String> columns) {
    return new MapRequest(function.orKeep(columns), table, where, output, ifThere);
  }
}
