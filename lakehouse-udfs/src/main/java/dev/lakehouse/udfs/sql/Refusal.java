// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.sql;

import dev.lakehouse.core.LakehouseException;
import org.apache.spark.QueryContext;
import org.apache.spark.sql.AnalysisException;
import scala.Option;
import scala.collection.immutable.Map$;

/** What is wrong with a call, told as Spark tells what is wrong with a query. */
public final class Refusal {

  private Refusal() {}

  /**
   * A call that cannot be right, whatever the rows are. Spark adds where it stands in the query.
   *
   * @return never; so that a caller can write {@code throw}
   */
  public static RuntimeException of(String function, String why) {
    throw Refusal.<RuntimeException>hidden(
        analysis("Cannot call %s: %s".formatted(function, why), Option.empty()));
  }

  /** The same for what the lakehouse refuses; the remedies that it names are said in SQL too. */
  public static RuntimeException of(String function, LakehouseException why) {
    String message = String.valueOf(why.getMessage());
    String said =
        message.contains("--set ")
            ? message + ". In SQL, --set key=value is SET spark.key=value"
            : message;
    throw Refusal.<RuntimeException>hidden(
        analysis("Cannot call %s: %s".formatted(function, said), Option.apply(why)));
  }

  private static AnalysisException analysis(String message, Option<Throwable> cause) {
    return new AnalysisException(
        message,
        Option.empty(),
        Option.empty(),
        cause,
        Option.empty(),
        Map$.MODULE$.empty(),
        new QueryContext[0]);
  }

  /** Spark's own exception is a checked one, which its methods do not declare. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E hidden(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
