// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.sql;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.execution.metric.SQLMetric;
import scala.collection.Seq;

/** Embeds a partition: everything that it holds is plain. */
final class EmbedRows implements FlatMapFunction<Iterator<InternalRow>, InternalRow> {
  private static final long serialVersionUID = 1L;

  private final EmbedExpression embedding;
  private final Seq<Attribute> input;
  private final Seq<Attribute> output;
  private final SQLMetric embedded;

  EmbedRows(
      EmbedExpression embedding, Seq<Attribute> input, Seq<Attribute> output, SQLMetric embedded) {
    this.embedding = embedding;
    this.input = input;
    this.output = output;
    this.embedded = embedded;
  }

  @Override
  public Iterator<InternalRow> call(Iterator<InternalRow> rows) {
    return new RowsWithVectors(
        rows, new RowCodec(embedding, input, output), embedded, TaskContext.get());
  }
}
