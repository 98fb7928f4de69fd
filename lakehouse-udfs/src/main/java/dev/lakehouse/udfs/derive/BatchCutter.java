// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.derive;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.jspecify.annotations.Nullable;

/** Cuts the rows of a partition into batches, in the thread of its task. */
final class BatchCutter implements Iterator<RowBatch> {

  /** How rows are cut. */
  record Plan(ExpressionEncoder<Row> columns, int[] kept, int outputs, BatchKnobs knobs) {}

  private final Iterator<Row> input;
  private final Plan plan;
  private final String partition;
  private final ExpressionEncoder.Serializer<Row> toSpark;
  private final Queue<List<@Nullable Object[]>> begun = new ArrayDeque<>();
  private @Nullable Row ahead; // taken, and too large for the batch before
  private long rows;

  /**
   * @param partition for messages
   */
  BatchCutter(Iterator<Row> input, Plan plan, String partition) {
    this.input = input;
    this.plan = plan;
    this.partition = partition;
    this.toSpark = plan.columns.createSerializer();
  }

  /**
   * The rows of the oldest batch that was not asked for yet, as they go out: with what is kept, and
   * with room behind it for what is derived.
   */
  List<@Nullable Object[]> begun() {
    return begun.remove();
  }

  @Override
  public boolean hasNext() {
    return ahead != null || input.hasNext();
  }

  @Override
  public RowBatch next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    List<@Nullable Object[]> out = new ArrayList<>();
    List<UnsafeRow> in = new ArrayList<>();
    long bytes = 0;
    while (in.size() < plan.knobs.batchSize() && hasNext()) {
      Row row = ahead == null ? input.next() : ahead;
      UnsafeRow columns = (UnsafeRow) toSpark.apply(row);
      if (!in.isEmpty() && bytes + columns.getSizeInBytes() > plan.knobs.batchBytes()) {
        ahead = row;
        break;
      }
      ahead = null;
      bytes += columns.getSizeInBytes();
      in.add(columns.copy());
      out.add(begun(row));
    }
    begun.add(out);
    rows += in.size();
    return new RowBatch(in, bytes, place(in.size()));
  }

  private @Nullable Object[] begun(Row row) {
    @Nullable Object[] values = new Object[plan.kept.length + plan.outputs];
    for (int i = 0; i < plan.kept.length; i++) {
      values[i] = row.get(plan.kept[i]);
    }
    return values;
  }

  private String place(int size) {
    return "a batch of %d rows (%s, rows %d to %d)"
        .formatted(size, partition, rows - size + 1, rows);
  }
}
