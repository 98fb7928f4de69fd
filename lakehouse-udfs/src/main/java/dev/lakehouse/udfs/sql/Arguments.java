// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.sql;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegralType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What a function was called with.
 *
 * @param function its name
 * @param usage how it is called
 * @param given the arguments, resolved
 */
public record Arguments(String function, String usage, List<Expression> given) {

  public Arguments {
    given = List.copyOf(given);
  }

  /** Refuses other numbers of arguments. */
  public Arguments require(int least, int most) {
    if (given.size() < least || given.size() > most) {
      throw Refusal.of(
          function,
          "expected %s argument%s and found %d. It is called %s"
              .formatted(
                  least == most ? least : least + " to " + most,
                  most == 1 ? "" : "s",
                  given.size(),
                  usage));
    }
    return this;
  }

  /** One of them. */
  Expression at(int index) {
    return given.get(index);
  }

  /**
   * A text that is the same for all rows.
   *
   * @param name of the argument, for people
   */
  public String text(int index, String name) {
    return optionalText(index, name)
        .orElseThrow(() -> Refusal.of(function, "%s is NULL: expected a text".formatted(name)));
  }

  /** The same; empty where it was left out or is NULL. */
  public Optional<String> optionalText(int index, String name) {
    return value(index, name, "a text", StringType.class)
        .map(value -> ((UTF8String) value).toString());
  }

  /** A whole number that is the same for all rows. */
  public int integer(int index, String name) {
    long number =
        ((Number)
                value(index, name, "a whole number", IntegralType.class)
                    .orElseThrow(
                        () ->
                            Refusal.of(
                                function, "%s is NULL: expected a whole number".formatted(name))))
            .longValue();
    if (number != (int) number) {
      throw Refusal.of(function, "%s is %d, which is too large".formatted(name, number));
    }
    return (int) number;
  }

  /** A text or whole number as text; empty where it was left out or is NULL. */
  public Optional<String> optionalName(int index, String name) {
    return value(index, name, "a text or a whole number", StringType.class, IntegralType.class)
        .map(String::valueOf);
  }

  private Optional<Object> value(int index, String name, String expected, Class<?>... types) {
    if (index >= given.size()) {
      return Optional.empty();
    }
    Expression argument = given.get(index);
    if (!argument.foldable()) {
      throw Refusal.of(
          function,
          "expected %s as %s that is the same for all rows and found %s. Write it as a literal"
              .formatted(name, expected, argument.sql()));
    }
    DataType found = argument.dataType();
    if (!(found instanceof NullType)
        && List.of(types).stream().noneMatch(t -> t.isInstance(found))) {
      throw Refusal.of(
          function,
          "expected %s as %s and found %s, of type %s. It is called %s"
              .formatted(name, expected, argument.sql(), found.sql(), usage));
    }
    return evaluated(argument, name);
  }

  private Optional<Object> evaluated(Expression argument, String name) {
    try {
      return Optional.ofNullable(argument.eval(InternalRow.empty()));
    } catch (Exception e) { // Spark's own are checked ones, which its methods do not declare
      throw Refusal.of(
          function,
          "%s has no value: %s gives '%s'. Write it as a literal"
              .formatted(name, argument.sql(), e.getMessage()));
    }
  }
}
