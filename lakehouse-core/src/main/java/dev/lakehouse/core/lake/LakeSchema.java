// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Similar;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.kind.Kinds;
import java.util.List;

/** The tables of a lake. */
public final class LakeSchema {
  /** Those that are Delta tables of their own, in the order of the flow. */
  public static final List<Table> TABLES =
      List.of(
          Tables.ASSETS,
          Tables.SIGHTINGS,
          Tables.DERIVED,
          Kinds.MEASUREMENTS,
          Tables.DUPLICATES,
          Tables.DECISIONS,
          Tables.VERDICTS,
          Tables.FILTERED,
          Tables.EMBEDDINGS,
          CatalogTable.FIRST,
          Tables.RELEASES,
          Tables.DEAD_LETTERS);

  private LakeSchema() {}

  /**
   * A table by its name.
   *
   * @throws LakehouseException CONFIG_INVALID if there is none of that name
   */
  public static Table named(String name) {
    return TABLES.stream()
        .filter(table -> table.name().equals(name))
        .findAny()
        .orElseThrow(() -> unknown(name));
  }

  private static LakehouseException unknown(String name) {
    List<String> names = TABLES.stream().map(Table::name).toList();
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "There is no table '%s'. Did you mean %s? There are %s",
        name,
        Similar.to(name, names),
        String.join(", ", names));
  }
}
