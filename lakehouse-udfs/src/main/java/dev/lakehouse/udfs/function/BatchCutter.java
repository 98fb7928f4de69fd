// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.jspecify.annotations.Nullable;

/** Cuts the rows of a partition into batches, in the thread of its task. */
final class BatchCutter implements Iterator<RowBatch> {

  /**
   * How rows are cut.
   *
   * @param seen columns that the function sees, which come first
   * @param kept columns that go on
   * @param places of those
   * @param knobs how much is a batch
   */
  record Plan(
      ExpressionEncoder<Row> seen, ExpressionEncoder<Row> kept, int[] places, BatchKnobs knobs) {}

  private final Iterator<Row> input;
  private final Plan plan;
  private final String partition;
  private final ExpressionEncoder.Serializer<Row> seen;
  private final ExpressionEncoder.Serializer<Row> kept;
  private final Queue<List<UnsafeRow>> begun = new ArrayDeque<>();
  private @Nullable Row ahead; // taken, and too large for the batch before
  private long rows;

  /**
   * @param partition for messages
   */
  BatchCutter(Iterator<Row> input, Plan plan, String partition) {
    this.input = input;
    this.plan = plan;
    this.partition = partition;
    this.seen = plan.seen.createSerializer();
    this.kept = plan.kept.createSerializer();
  }

  /** What is kept of the rows of the oldest batch that was not asked for yet. */
  List<UnsafeRow> begun() {
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
    List<UnsafeRow> out = new ArrayList<>();
    List<UnsafeRow> in = new ArrayList<>();
    long bytes = 0;
    while (in.size() < plan.knobs.batchSize() && hasNext()) {
      Row row = ahead == null ? input.next() : ahead;
      UnsafeRow columns = (UnsafeRow) seen.apply(row);
      UnsafeRow beside = (UnsafeRow) kept.apply(kept(row));
      long size = (long) columns.getSizeInBytes() + beside.getSizeInBytes();
      if (!in.isEmpty() && bytes + size > plan.knobs.batchBytes()) {
        ahead = row;
        break;
      }
      ahead = null;
      bytes += size;
      in.add(columns.copy());
      out.add(beside.copy());
    }
    begun.add(out);
    rows += in.size();
    return new RowBatch(in, bytes, place(in.size()));
  }

  private Row kept(Row row) {
    return RowFactory.create(Arrays.stream(plan.places).mapToObj(row::get).toArray());
  }

  private String place(int size) {
    return "a batch of %d rows (%s, rows %d to %d)"
        .formatted(size, partition, rows - size + 1, rows);
  }
}
