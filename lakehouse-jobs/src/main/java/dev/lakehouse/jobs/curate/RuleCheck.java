// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static org.apache.spark.sql.functions.expr;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Similar;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.core.curate.Rule;
import dev.lakehouse.udfs.SparkColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Generator;
import org.apache.spark.sql.catalyst.expressions.UserDefinedExpression;
import org.apache.spark.sql.catalyst.expressions.WindowExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import scala.Function1;
import scala.collection.JavaConverters;

/** Checks every rule of a policy before anything is judged by it. */
public final class RuleCheck {
  private static final Pattern UNRESOLVED =
      Pattern.compile("(?:column|variable|function parameter) with name `([^`]+)`");

  private final Probes probes;
  private final Table view;
  private final Dataset<Row> nothing;

  private RuleCheck(SparkSession spark, Probes probes) {
    this.probes = probes;
    this.view = probes.judged().view();
    this.nothing = spark.createDataFrame(List.of(), SparkColumns.schema(view));
  }

  /**
   * Accepts a policy whose every rule is a yes-or-no question about one asset, answered the same at
   * every run.
   *
   * @param probes whose figures it may name
   * @throws LakehouseException naming the first rule that is not, and why
   */
  public static void requireSound(SparkSession spark, Policy policy, Probes probes) {
    RuleCheck check = new RuleCheck(spark, probes);
    List<Rule> rules = new ArrayList<>(probes.contract());
    rules.addAll(policy.rules());
    if (!check.areSound(rules)) {
      rules.forEach(check::requireSound);
    }
  }

  private boolean isMeasured(Rule rule) {
    return rule.appliesTo().equals(Rule.ALL) || probes.of(rule.appliesTo()).isPresent();
  }

  /** Whether all are, as one look at all of them shows; not which one is not, and why. */
  private boolean areSound(List<Rule> rules) {
    if (!rules.stream().allMatch(this::isMeasured)) {
      return false;
    }
    try {
      LogicalPlan plan =
          nothing
              .select(rules.stream().map(RuleCheck::condition).toArray(Column[]::new))
              .queryExecution()
              .analyzed();
      boolean areOneEach =
          JavaConverters.seqAsJavaList(plan.children()).stream()
                  .allMatch(child -> child.children().isEmpty())
              && plan.expressions().size() == rules.size();
      if (areOneEach) {
        for (int nth = 0; nth < rules.size(); nth++) {
          requireSound(rules.get(nth), plan.schema().apply(nth), plan.expressions().apply(nth));
        }
      }
      return areOneEach;
    } catch (Exception e) {
      if (e instanceof ParseException || e instanceof AnalysisException) {
        return false;
      }
      throw e;
    }
  }

  private static Column condition(Rule rule) {
    return expr(rule.require()).as("holds");
  }

  private void requireSound(Rule rule) {
    if (!isMeasured(rule)) {
      throw refused(
          rule,
          "it applies to %s, of which nothing is measured; expected %s or one of %s"
              .formatted(rule.appliesTo(), Rule.ALL, probes.modalities()));
    }
    LogicalPlan plan = analyzed(rule);
    for (Expression expression : JavaConverters.seqAsJavaList(plan.expressions())) {
      requireSound(rule, plan.schema().apply(0), expression);
    }
  }

  private LogicalPlan analyzed(Rule rule) {
    try {
      return nothing.select(condition(rule)).queryExecution().analyzed();
    } catch (Exception e) {
      // Scala does not declare its checked exceptions
      if (e instanceof ParseException parse) {
        throw refused(rule, "it cannot be parsed: " + firstLine(parse));
      }
      if (e instanceof AnalysisException) {
        throw refused(rule, explained(firstLine(e)));
      }
      throw e;
    }
  }

  private String explained(String message) {
    Matcher unresolved = UNRESOLVED.matcher(message);
    if (!unresolved.find()) {
      return message;
    }
    String name = unresolved.group(1);
    return "unknown column %s. Did you mean %s? docs/policy.md says what there is: %s"
        .formatted(name, Similar.to(name, view.names()), String.join(", ", view.names()));
  }

  private static void requireSound(Rule rule, StructField found, Expression expression) {
    if (!found.dataType().equals(DataTypes.BooleanType)) {
      throw refused(
          rule, "it is of type %s, not a condition".formatted(found.dataType().simpleString()));
    }
    if (expression.containsPattern(TreePattern.PLAN_EXPRESSION())) {
      throw refused(rule, "it has a subquery");
    }
    if (!expression.deterministic() || expression.containsPattern(TreePattern.CURRENT_LIKE())) {
      throw refused(rule, "its answer differs from run to run");
    }
    refuse(rule, expression, UserDefinedExpression.class, "it calls a function of its own");
    refuse(rule, expression, AggregateExpression.class, "it speaks of more than one asset");
    refuse(rule, expression, WindowExpression.class, "it speaks of more than one asset");
    refuse(rule, expression, Generator.class, "it makes several rows of one");
  }

  private static void refuse(Rule rule, Expression expression, Class<?> kind, String why) {
    Function1<Expression, Object> isOfKind = kind::isInstance;
    if (expression.find(isOfKind::apply).isDefined()) {
      throw refused(rule, why);
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
  }

  private static LakehouseException refused(Rule rule, String why) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Cannot judge by rule %s: %s. Its condition is: %s",
        rule.name(),
        why,
        rule.require());
  }
}
