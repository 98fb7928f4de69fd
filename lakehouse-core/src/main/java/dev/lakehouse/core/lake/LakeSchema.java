// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

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
}
