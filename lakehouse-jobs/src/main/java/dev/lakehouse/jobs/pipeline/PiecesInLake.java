// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.jobs.curate.Pieces;
import dev.lakehouse.jobs.derive.Derived;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import java.util.List;

/** Whether a lake may hold pieces; what is noted beside its files is asked before its rows are. */
final class PiecesInLake {
  private PiecesInLake() {}

  /**
   * Whether any asset may have some.
   *
   * @param assets version of the table of assets
   * @param derived version of the table of what was derived
   * @param derivers whose pieces count, by name
   */
  static boolean mayBeIn(LakeTables tables, long assets, long derived, List<String> derivers) {
    LakeTable from = tables.table(Tables.ASSETS);
    LakeTable to = tables.table(Tables.DERIVED);
    boolean none =
        to.notedAt(derived).areNull("text")
            && from.notedAt(assets)
                .exclude("modality", Modality.AUDIO.word(), Modality.VIDEO.word());
    return !none && Pieces.mayBeIn(from.rowsAt(assets), Derived.by(derivers, to.rowsAt(derived)));
  }
}
