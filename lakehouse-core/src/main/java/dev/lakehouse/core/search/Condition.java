// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A parsed condition. Column names come from the list of columns, literals are escaped. */
sealed interface Condition {

  String sql(Dialect dialect);

  /** All of several conditions, or any of them. */
  record Several(String word, List<Condition> parts) implements Condition {
    @Override
    public String sql(Dialect dialect) {
      return parts.stream()
          .map(part -> part.sql(dialect))
          .collect(Collectors.joining(" " + word + " ", "(", ")"));
    }
  }

  /** The opposite. */
  record Not(Condition condition) implements Condition {
    @Override
    public String sql(Dialect dialect) {
      return "(NOT " + condition.sql(dialect) + ")";
    }
  }

  /** A column and a literal; the operator is one of a fixed list. */
  record Comparison(String column, String operator, Literal literal) implements Condition {
    @Override
    public String sql(Dialect dialect) {
      return "(%s %s %s)".formatted(column, operator, literal.sql(dialect));
    }
  }

  /** A column among literals. */
  record In(String column, List<Literal> literals) implements Condition {
    @Override
    public String sql(Dialect dialect) {
      return literals.stream()
          .map(literal -> literal.sql(dialect))
          .collect(Collectors.joining(", ", "(" + column + " IN (", "))"));
    }
  }

  /** A column without a value. */
  record IsNull(String column) implements Condition {
    @Override
    public String sql(Dialect dialect) {
      return "(" + column + " IS NULL)";
    }
  }

  /** A value that the user wrote. */
  sealed interface Literal {
    String sql(Dialect dialect);

    /** What it is, in the words of an error. */
    String kind();
  }

  /** A text. */
  record Text(String value) implements Literal {
    @Override
    public String sql(Dialect dialect) {
      return dialect.quote(value);
    }

    @Override
    public String kind() {
      return "text";
    }
  }

  /** A number. */
  record Number(BigDecimal value) implements Literal {
    @Override
    public String sql(Dialect dialect) {
      return value.toPlainString();
    }

    @Override
    public String kind() {
      return "number";
    }
  }

  /** True or false. */
  record Truth(boolean value) implements Literal {
    @Override
    public String sql(Dialect dialect) {
      return String.valueOf(value).toUpperCase(Locale.ROOT);
    }

    @Override
    public String kind() {
      return "truth value";
    }
  }
}
