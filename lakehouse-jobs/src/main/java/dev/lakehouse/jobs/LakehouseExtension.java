// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.jobs.lake.delta.Sessions;
import dev.lakehouse.udfs.sql.EmbedInBatches;
import dev.lakehouse.udfs.sql.EmbedStrategy;
import dev.lakehouse.udfs.sql.ScalarFunction;
import dev.lakehouse.udfs.sql.SeqOf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.ExperimentalMethods;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.TableFunctionRegistry;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.optimizer.ColumnPruning$;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import scala.Function1;
import scala.Tuple3;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * The functions of SQL in every session that starts with this jar; Spark finds it by its service
 * file, and {@code spark.sql.extensions} may name it.
 */
public final class LakehouseExtension extends AbstractFunction1<SparkSessionExtensions, BoxedUnit>
    implements SparkSessionExtensionsProvider {

  /** Those that have them: the service file and a setting may both name this. */
  private static final Set<SparkSessionExtensions> DONE =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  /** Made by Spark. */
  public LakehouseExtension() {}

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    if (DONE.add(extensions)) {
      Sessions.bringDelta(extensions, SparkEnv.get().conf());
      ScalarFunction.ALL.forEach(
          function ->
              extensions.injectFunction(
                  new Tuple3<>(
                      new FunctionIdentifier(function.name()), info(function), builder(function))));
      LakeFunction.ALL.forEach(
          function ->
              extensions.injectTableFunction(
                  new Tuple3<>(
                      new FunctionIdentifier(function.name()), info(function), builder(function))));
      extensions.injectPreCBORule(session -> new EmbedInBatches());
      extensions.injectPlannerStrategy(session -> new EmbedStrategy());
    }
    return BoxedUnit.UNIT;
  }

  /** Gives them to a session that runs; once is enough. */
  static void register(SparkSession spark) {
    FunctionRegistry functions = spark.sessionState().functionRegistry();
    ScalarFunction.ALL.stream()
        .filter(function -> !functions.functionExists(new FunctionIdentifier(function.name())))
        .forEach(
            function ->
                functions.registerFunction(
                    new FunctionIdentifier(function.name()), info(function), builder(function)));
    TableFunctionRegistry tables = spark.sessionState().tableFunctionRegistry();
    LakeFunction.ALL.stream()
        .filter(function -> !tables.functionExists(new FunctionIdentifier(function.name())))
        .forEach(
            function ->
                tables.registerFunction(
                    new FunctionIdentifier(function.name()), info(function), builder(function)));
    ExperimentalMethods methods = spark.experimental();
    methods.extraOptimizations_$eq(
        with(
            with(methods.extraOptimizations(), new EmbedInBatches()),
            ColumnPruning$.MODULE$)); // Spark's own runs before these
    methods.extraStrategies_$eq(with(methods.extraStrategies(), new EmbedStrategy()));
  }

  private static <T> Seq<T> with(Seq<T> there, T more) {
    List<T> all = new ArrayList<>(JavaConverters.seqAsJavaList(there));
    if (all.stream().noneMatch(each -> each.getClass() == more.getClass())) {
      all.add(more);
    }
    return SeqOf.list(all);
  }

  private static Function1<Seq<Expression>, Expression> builder(ScalarFunction function) {
    return arguments -> function.of(JavaConverters.seqAsJavaList(arguments));
  }

  private static Function1<Seq<Expression>, LogicalPlan> builder(LakeFunction function) {
    return arguments -> function.of(JavaConverters.seqAsJavaList(arguments));
  }

  private static ExpressionInfo info(ScalarFunction function) {
    return info(function.name(), function.usage(), function.meaning());
  }

  private static ExpressionInfo info(LakeFunction function) {
    return info(function.name(), function.usage(), function.meaning());
  }

  /** What DESCRIBE FUNCTION shows. */
  private static ExpressionInfo info(String name, String usage, String meaning) {
    String none = "";
    return new ExpressionInfo(
        LakehouseExtension.class.getName(),
        null,
        name,
        usage + " - " + meaning,
        none,
        none,
        none,
        none,
        none,
        none,
        "java_udf");
  }
}
