// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.sql;

import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.Partition;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.physical.UnknownPartitioning;
import org.apache.spark.sql.execution.LogicalRDD;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag$;

/**
 * A few rows that the driver answers with, asked for when a job first needs them: neither EXPLAIN
 * nor the definition of a view asks.
 */
public final class AnswerRdd extends RDD<InternalRow> {
  private static final long serialVersionUID = 1L;

  /** Whose jobs they are is the caller's to say, also after an answer that took jobs itself. */
  private static final List<String> OF_THE_CALLER =
      List.of("spark.jobGroup.id", "spark.job.description", "spark.job.interruptOnCancel");

  private final transient StructType schema;
  private final transient Supplier<List<Row>> answer;

  private AnswerRdd(SparkContext context, StructType schema, Supplier<List<Row>> answer) {
    super(context, SeqOf.list(List.of()), ClassTag$.MODULE$.apply(InternalRow.class));
    this.schema = schema;
    this.answer = answer;
  }

  /**
   * A plan of the rows.
   *
   * @param answer asked once, in the driver
   */
  public static LogicalPlan plan(
      SparkSession spark, StructType schema, Supplier<List<Row>> answer) {
    List<Attribute> output = List.of(schema.fields()).stream().map(AnswerRdd::attribute).toList();
    return new LogicalRDD(
        SeqOf.list(output),
        new AnswerRdd(spark.sparkContext(), schema, answer),
        new UnknownPartitioning(0),
        SeqOf.list(List.of()),
        false,
        spark,
        Option.empty(),
        Option.empty());
  }

  private static Attribute attribute(StructField field) {
    return new AttributeReference(
        field.name(),
        field.dataType(),
        field.nullable(),
        field.metadata(),
        NamedExpression.newExprId(),
        SeqOf.list(List.of()));
  }

  @Override
  public Partition[] getPartitions() {
    List<String> mine = OF_THE_CALLER.stream().map(this::property).toList();
    try {
      scala.Function1<Object, Object> converter =
          CatalystTypeConverters.createToCatalystConverter(schema);
      return new Partition[] {
        new Answered(
            answer.get().stream()
                .map(row -> (InternalRow) converter.apply(row))
                .toArray(InternalRow[]::new))
      };
    } finally {
      for (int i = 0; i < mine.size(); i++) {
        String value = mine.get(i);
        context().setLocalProperty(OF_THE_CALLER.get(i), value.isEmpty() ? null : value);
      }
    }
  }

  private String property(String key) {
    String value = context().getLocalProperty(key);
    return value == null ? "" : value;
  }

  @Override
  public Iterator<InternalRow> compute(Partition split, TaskContext task) {
    return JavaConverters.asScalaIterator(List.of(((Answered) split).rows).iterator());
  }

  /** The rows, on their way to the one task that passes them on. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Answered(InternalRow[] rows) implements Partition {
    @Override
    public int index() {
      return 0;
    }
  }
}
