// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import scala.Option;

/**
 * An aggregate in two: what it groups by and aggregates, and a projection on top with the
 * embeddings of that. An operator below cannot have these, since rows there are not groups yet.
 */
final class SplitAggregate {
  private final Aggregate whole;
  private final List<NamedExpression> made = new ArrayList<>();
  private final List<NamedExpression> projected = new ArrayList<>();

  private SplitAggregate(Aggregate whole) {
    this.whole = whole;
  }

  /** The same plan, in two where it embeds what only the aggregate makes. */
  static LogicalPlan of(LogicalPlan plan) {
    return plan instanceof Aggregate whole ? new SplitAggregate(whole).split() : plan;
  }

  private LogicalPlan split() {
    List<NamedExpression> columns = SeqOf.java(whole.aggregateExpressions());
    if (columns.stream().noneMatch(column -> embedsGroup((Expression) column))) {
      return whole;
    }
    for (NamedExpression column : columns) {
      projected.add(
          embedsGroup((Expression) column)
              ? (NamedExpression) onTop((Expression) column)
              : attribute(column));
    }
    return new Project(
        SeqOf.list(projected),
        new Aggregate(whole.groupingExpressions(), SeqOf.list(made), whole.child()));
  }

  private boolean embedsGroup(Expression expression) {
    return !isOfGroup(expression)
        && (expression instanceof EmbedExpression
            ? expression.deterministic() && expression.exists(this::isOfGroup)
            : SeqOf.java(expression.children()).stream().anyMatch(this::embedsGroup));
  }

  private boolean isOfGroup(Expression expression) {
    return expression instanceof AggregateExpression
        || SeqOf.java(whole.groupingExpressions()).stream().anyMatch(expression::semanticEquals);
  }

  private Expression onTop(Expression expression) {
    return isOfGroup(expression)
        ? (Expression) attribute(named(expression))
        : expression.mapChildren(this::onTop);
  }

  private NamedExpression named(Expression expression) {
    return expression instanceof NamedExpression column
        ? column
        : made.stream()
            .filter(
                column -> column instanceof Alias alias && alias.child().semanticEquals(expression))
            .findFirst()
            .orElseGet(
                () ->
                    new Alias(
                        expression,
                        "group",
                        NamedExpression.newExprId(),
                        SeqOf.list(List.of()),
                        Option.empty(),
                        SeqOf.list(List.of())));
  }

  private NamedExpression attribute(NamedExpression column) {
    if (made.stream().noneMatch(there -> there.exprId().equals(column.exprId()))) {
      made.add(column);
    }
    return column.toAttribute();
  }
}
