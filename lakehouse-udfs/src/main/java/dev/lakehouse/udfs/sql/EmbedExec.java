// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.sql;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import org.jspecify.annotations.Nullable;
import scala.collection.IndexedSeq;
import scala.collection.Seq;
import scala.collection.immutable.Map;

/** Embeds the rows of each partition through the pump of its executor, in their order. */
public final class EmbedExec extends SparkPlan {
  private static final long serialVersionUID = 1L;
  private static final String EMBEDDED = "numOutputRows"; // the key that Spark's own pages read

  private final EmbedExpression embedding;
  private final Attribute vector;
  private final SparkPlan child;
  private transient @Nullable SQLMetric
      embedded; // made when somebody asks, not with each copy of the plan

  public EmbedExec(EmbedExpression embedding, Attribute vector, SparkPlan child) {
    this.embedding = requireNonNull(embedding, "embedding is null");
    this.vector = requireNonNull(vector, "vector is null");
    this.child = requireNonNull(child, "child is null");
  }

  @Override
  public Map<String, SQLMetric> metrics() {
    return new Map.Map1<>(EMBEDDED, embedded());
  }

  private synchronized SQLMetric embedded() {
    SQLMetric metric = embedded;
    if (metric == null) {
      metric = SQLMetrics.createMetric(sparkContext(), "number of output rows");
      embedded = metric;
    }
    return metric;
  }

  @Override
  public Seq<Attribute> output() {
    return SeqOf.and(child.output(), vector);
  }

  @Override
  public AttributeSet producedAttributes() {
    return AttributeSet.apply(vector);
  }

  @Override
  public AttributeSet references() {
    return embedding.references();
  }

  @Override
  public Partitioning outputPartitioning() {
    return child.outputPartitioning();
  }

  @Override
  public Seq<SortOrder> outputOrdering() {
    return child.outputOrdering();
  }

  @Override
  public RDD<InternalRow> doExecute() {
    return child
        .execute()
        .toJavaRDD()
        .mapPartitions(new EmbedRows(embedding, child.output(), output(), embedded()), true)
        .rdd();
  }

  @Override
  public Seq<SparkPlan> children() {
    return SeqOf.list(List.of(child));
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
    return new EmbedExec(embedding, vector, children.apply(0));
  }

  @Override
  public String nodeName() {
    return "LakehouseEmbed";
  }

  @Override
  public String simpleString(int maxFields) {
    return "%s %s, %s".formatted(nodeName(), embedding, embedding.encoder());
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> embedding;
      case 1 -> vector;
      case 2 -> child;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof EmbedExec;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EmbedExec that
        && embedding.equals(that.embedding)
        && vector.equals(that.vector)
        && child.equals(that.child);
  }

  @Override
  public int hashCode() {
    return super.hashCode(); // that of the product
  }
}
