// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.derive;

import dev.lakehouse.core.batch.Session;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.jspecify.annotations.Nullable;

/** The rows of a partition with what the function made of them; the pump reads a little ahead. */
final class MappedRows implements Iterator<Row> {
  private final Session<RowBatch, Answer> session;
  private final BatchCutter batches;
  private final ExpressionEncoder.Deserializer<Row> fromSpark;
  private final Iterator<Answer> answers;
  private Iterator<@Nullable Object[]> begun = Collections.emptyIterator();
  private Iterator<UnsafeRow> derived = Collections.emptyIterator();
  private long answered;

  /**
   * @param output columns that the function declared
   */
  MappedRows(
      BatchCutter batches, Session<RowBatch, Answer> session, ExpressionEncoder<Row> output) {
    this.session = session;
    this.batches = batches;
    this.fromSpark = output.createDeserializer();
    this.answers = session.outcomes(batches);
  }

  /** Rows that the function answered so far. */
  long answered() {
    return answered;
  }

  @Override
  public boolean hasNext() {
    return derived.hasNext() || answers.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (!derived.hasNext()) {
      take(answers.next());
    }
    @Nullable Object[] row = begun.next();
    Row columns = fromSpark.apply(derived.next());
    for (int i = 0; i < columns.length(); i++) {
      row[row.length - columns.length() + i] = columns.get(i);
    }
    return RowFactory.create(row);
  }

  private void take(Answer answer) {
    if (answer.madeInstance()) {
      session.countLoad();
    }
    answered += answer.rows().size();
    derived = answer.rows().iterator();
    begun = batches.begun().iterator();
  }
}
