// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

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
final class MappedRows {
  private final BatchCutter batches;
  private final ExpressionEncoder.Deserializer<Row> kept;
  private final ExpressionEncoder.Deserializer<Row> declared;
  private long answered;

  /**
   * @param kept reads columns that go on
   * @param declared reads columns that the function declared
   */
  MappedRows(
      BatchCutter batches,
      ExpressionEncoder.Deserializer<Row> kept,
      ExpressionEncoder.Deserializer<Row> declared) {
    this.batches = batches;
    this.kept = kept;
    this.declared = declared;
  }

  /** Rows that the function answered so far. */
  long answered() {
    return answered;
  }

  /** The rows, as they are asked for; to be called once. */
  Iterator<Row> through(Session<RowBatch, Answer> session) {
    return new Rows(session);
  }

  private final class Rows implements Iterator<Row> {
    private final Session<RowBatch, Answer> session;
    private final Iterator<Answer> answers;
    private Iterator<UnsafeRow> begun = Collections.emptyIterator();
    private Iterator<UnsafeRow> derived = Collections.emptyIterator();

    Rows(Session<RowBatch, Answer> session) {
      this.session = session;
      this.answers = session.outcomes(batches);
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
      return joined(kept.apply(begun.next()), declared.apply(derived.next()));
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

  private static Row joined(Row first, Row second) {
    @Nullable Object[] values = new Object[first.length() + second.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i < first.length() ? first.get(i) : second.get(i - first.length());
    }
    return RowFactory.create(values);
  }
}
