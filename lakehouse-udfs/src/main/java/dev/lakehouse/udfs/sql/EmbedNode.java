// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.sql;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.Metadata;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.IndexedSeq;
import scala.collection.Seq;

/** In a plan: the rows of a child, each with a vector more. */
public final class EmbedNode extends LogicalPlan {
  private final EmbedExpression embedding;
  private final Attribute vector;
  private final LogicalPlan child;

  /**
   * @param embedding over columns of the child
   * @param vector the column that holds it
   */
  public EmbedNode(EmbedExpression embedding, Attribute vector, LogicalPlan child) {
    this.embedding = requireNonNull(embedding, "embedding is null");
    this.vector = requireNonNull(vector, "vector is null");
    this.child = requireNonNull(child, "child is null");
  }

  /** The same with a column of its own. */
  static EmbedNode of(EmbedExpression embedding, LogicalPlan child) {
    Attribute vector =
        new AttributeReference(
            embedding.function(),
            embedding.dataType(),
            true,
            Metadata.empty(),
            NamedExpression.newExprId(),
            SeqOf.list(List.of()));
    return new EmbedNode(embedding, vector, child);
  }

  EmbedExpression embedding() {
    return embedding;
  }

  Attribute vector() {
    return vector;
  }

  LogicalPlan child() {
    return child;
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
  public Option<Object> maxRows() {
    return child.maxRows();
  }

  @Override
  public Seq<LogicalPlan> children() {
    return SeqOf.list(List.of(child));
  }

  @Override
  public LogicalPlan withNewChildrenInternal(IndexedSeq<LogicalPlan> children) {
    return new EmbedNode(embedding, vector, children.apply(0));
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
    return other instanceof EmbedNode;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EmbedNode that
        && embedding.equals(that.embedding)
        && vector.equals(that.vector)
        && child.equals(that.child);
  }

  @Override
  public int hashCode() {
    return super.hashCode(); // that of the product
  }
}
