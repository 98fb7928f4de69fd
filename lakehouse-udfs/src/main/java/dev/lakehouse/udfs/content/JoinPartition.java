// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.content;

import dev.lakehouse.core.connect.ItemJoin;
import dev.lakehouse.core.connect.SourceItem;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

/**
 * Makes one item of the parts of one, in two passes; see {@link ItemJoin} for the order in which
 * each wants its rows, which are those of {@link SourceItemColumns}.
 */
public final class JoinPartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** What is done with the items of a partition. */
  public enum Pass {
    /** Sorted by key: refuses what means another content than the first of its key. */
    SETTLE,
    /** Sorted by thing: makes one item of each. */
    JOIN
  }

  private final Pass pass;

  public JoinPartition(Pass pass) {
    this.pass = pass;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    Iterator<SourceItem> items = SourceItemColumns.items(rows);
    return SourceItemColumns.rows(
        pass == Pass.SETTLE ? ItemJoin.settled(items) : ItemJoin.joined(items));
  }
}
