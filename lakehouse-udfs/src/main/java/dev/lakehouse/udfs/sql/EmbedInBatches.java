// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Generator;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.InnerLike;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.Generate;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.rules.Rule;

/**
 * Takes embeddings out of the expressions of a plan and puts an operator below each, as Spark does
 * with functions of Python. To run late, when filters are where they belong.
 *
 * <p>Equal embeddings are computed once, also where a filter below asks for the same: Spark pushes
 * a filter on a computed column below the computation and writes it out twice.
 */
public final class EmbedInBatches extends Rule<LogicalPlan> {

  /** An operator, or what is above it, and the column with the vector. */
  private record Embedded(LogicalPlan plan, Attribute vector) {}

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    LogicalPlan below = plan.mapChildren(this::apply);
    if (below instanceof Command || below instanceof EmbedNode) {
      return below;
    }
    LogicalPlan split = SplitAggregate.of(below);
    return extracted(split == below ? below : split.mapChildren(EmbedInBatches::extracted));
  }

  private static LogicalPlan extracted(LogicalPlan below) {
    LogicalPlan rest = below;
    for (Optional<EmbedExpression> next = next(rest); next.isPresent(); next = next(rest)) {
      rest = batched(rest, next.get());
    }
    return rest == below || rest.output().equals(below.output())
        ? rest
        : new Project(named(SeqOf.java(below.output())), rest);
  }

  /** One that some child has all columns for, and whose own input holds no other. */
  private static Optional<EmbedExpression> next(LogicalPlan plan) {
    return SeqOf.java(plan.expressions()).stream()
        .flatMap(expression -> innermost(expression).stream())
        .filter(embedding -> isBatchable(embedding) && childOf(plan, embedding).isPresent())
        .findFirst();
  }

  private static List<EmbedExpression> innermost(Expression expression) {
    List<EmbedExpression> found = new ArrayList<>();
    SeqOf.java(expression.children()).forEach(child -> found.addAll(innermost(child)));
    if (found.isEmpty() && expression instanceof EmbedExpression embedding) {
      found.add(embedding);
    }
    return found;
  }

  private static boolean isBatchable(EmbedExpression embedding) {
    return embedding.deterministic()
        && !embedding.references().isEmpty()
        && !embedding.exists(EmbedInBatches::isMadeHere);
  }

  /** What the operator itself makes of its input is not there below it. */
  private static boolean isMadeHere(Expression expression) {
    return expression instanceof AggregateExpression
        || expression instanceof WindowExpression
        || expression instanceof Generator;
  }

  private static Optional<LogicalPlan> childOf(LogicalPlan plan, EmbedExpression embedding) {
    return SeqOf.java(plan.children()).stream()
        .filter(child -> embedding.references().subsetOf(child.outputSet()))
        .findFirst();
  }

  private static LogicalPlan batched(LogicalPlan plan, EmbedExpression embedding) {
    LogicalPlan child = childOf(plan, embedding).orElseThrow();
    Optional<Embedded> found =
        plan instanceof Generate // counts the columns below
            ? Optional.empty()
            : exposed(child, embedding).or(() -> onASide(child, embedding));
    Embedded embedded = found.orElseGet(() -> embedded(pruned(plan, child), embedding));
    LogicalPlan onIt = plan.mapChildren(each -> each == child ? embedded.plan : each);
    return onIt.mapExpressions(each -> replaced(each, embedding, embedded.vector));
  }

  private static Embedded embedded(LogicalPlan child, EmbedExpression embedding) {
    EmbedNode node = EmbedNode.of(embedding, child);
    return new Embedded(node, node.vector());
  }

  /** Each row of a side meets each of the other there, so that it is embedded before. */
  private static Optional<Embedded> onASide(LogicalPlan plan, EmbedExpression embedding) {
    return plan instanceof Join join && keepsBothSides(join) && join.condition().isEmpty()
        ? childOf(join, embedding)
            .map(
                side ->
                    onSide(
                        join,
                        side,
                        onASide(side, embedding).orElseGet(() -> embedded(side, embedding))))
        : Optional.empty();
  }

  private static boolean keepsBothSides(Join join) {
    return join.joinType() instanceof InnerLike;
  }

  private static Embedded onSide(Join join, LogicalPlan side, Embedded embedded) {
    return new Embedded(
        join.mapChildren(each -> each == side ? embedded.plan : each), embedded.vector);
  }

  /** Columns that nobody above asks for need not be kept while their row waits for its vector. */
  private static LogicalPlan pruned(LogicalPlan plan, LogicalPlan child) {
    boolean dropsTheRest = plan instanceof Project || plan instanceof Aggregate;
    List<Attribute> all = SeqOf.java(child.output());
    List<Attribute> needed = all.stream().filter(plan.references()::contains).toList();
    return dropsTheRest && needed.size() < all.size() ? new Project(named(needed), child) : child;
  }

  /** The same embedding below, made visible here. */
  private static Optional<Embedded> exposed(LogicalPlan plan, EmbedExpression embedding) {
    if (plan instanceof EmbedNode node) {
      return node.embedding().semanticEquals(embedding)
          ? Optional.of(new Embedded(node, node.vector()))
          : onTopOf(exposed(node.child(), embedding), node);
    }
    if (plan instanceof Project project) {
      return keeps(project, embedding)
          ? exposed(project.child(), embedding).map(below -> passedOn(project, below))
          : Optional.empty();
    }
    if (plan instanceof Join join && keepsBothSides(join)) {
      return childOf(join, embedding)
          .flatMap(side -> exposed(side, embedding).map(below -> onSide(join, side, below)));
    }
    return passesAllOn(plan)
        ? onTopOf(exposed(plan.children().apply(0), embedding), plan)
            .filter(found -> found.plan.outputSet().contains(found.vector)) // not if it groups
        : Optional.empty();
  }

  /** As filters, sorts and exchanges do. */
  private static boolean passesAllOn(LogicalPlan plan) {
    return plan.children().size() == 1 && plan.output().equals(plan.children().apply(0).output());
  }

  private static Optional<Embedded> onTopOf(Optional<Embedded> below, LogicalPlan plan) {
    return below.map(
        found -> new Embedded(plan.withNewChildren(SeqOf.list(List.of(found.plan))), found.vector));
  }

  private static boolean keeps(Project project, EmbedExpression embedding) {
    return embedding.references().subsetOf(project.child().outputSet());
  }

  private static Embedded passedOn(Project project, Embedded below) {
    List<NamedExpression> columns = SeqOf.java(project.projectList());
    boolean isThere = columns.contains(below.vector);
    return new Embedded(
        new Project(
            isThere ? project.projectList() : SeqOf.and(project.projectList(), below.vector),
            below.plan),
        below.vector);
  }

  private static Expression replaced(
      Expression expression, EmbedExpression embedding, Attribute vector) {
    return expression instanceof EmbedExpression && expression.semanticEquals(embedding)
        ? vector
        : expression.mapChildren(child -> replaced(child, embedding, vector));
  }

  private static scala.collection.Seq<NamedExpression> named(List<Attribute> attributes) {
    return SeqOf.list(attributes.stream().map(NamedExpression.class::cast).toList());
  }
}
