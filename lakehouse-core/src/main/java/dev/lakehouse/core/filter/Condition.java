// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.filter;

import dev.lakehouse.core.ValueOrder;
import dev.lakehouse.core.Values;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A parsed condition. Column names come from the list of columns, literals are escaped. */
sealed interface Condition {

  String sql(Dialect dialect);

  /** What it says of a row. */
  Logic test(Values row);

  /** The columns that it looks at. */
  Stream<String> columns();

  /** All of several conditions, or any of them. */
  record Several(String word, List<Condition> parts) implements Condition {
    @Override
    public String sql(Dialect dialect) {
      return parts.stream()
          .map(part -> part.sql(dialect))
          .collect(Collectors.joining(" " + word + " ", "(", ")"));
    }

    @Override
    public Logic test(Values row) {
      Logic decisive = Logic.of(word.equals("OR"));
      Logic said = decisive.not();
      for (Condition part : parts) {
        Logic next = part.test(row);
        if (next == decisive) {
          return decisive;
        }
        said = next == Logic.UNKNOWN ? next : said;
      }
      return said;
    }

    @Override
    public Stream<String> columns() {
      return parts.stream().flatMap(Condition::columns);
    }
  }

  /** The opposite. */
  record Not(Condition condition) implements Condition {
    @Override
    public String sql(Dialect dialect) {
      return "(NOT " + condition.sql(dialect) + ")";
    }

    @Override
    public Logic test(Values row) {
      return condition.test(row).not();
    }

    @Override
    public Stream<String> columns() {
      return condition.columns();
    }
  }

  /** A column and a literal; the operator is one of a fixed list. */
  record Comparison(String column, String operator, Literal literal) implements Condition {
    @Override
    public String sql(Dialect dialect) {
      return "(%s %s %s)".formatted(column, operator, literal.sql(dialect));
    }

    @Override
    public Logic test(Values row) {
      return row.find(column).map(value -> Logic.of(holds(value))).orElse(Logic.UNKNOWN);
    }

    private boolean holds(Object value) {
      int order = ValueOrder.of(value, literal.value());
      return switch (operator) {
        case "=" -> order == 0;
        case "!=" -> order != 0;
        case "<" -> order < 0;
        case "<=" -> order <= 0;
        case ">" -> order > 0;
        case ">=" -> order >= 0;
        default -> throw new IllegalStateException("No such operator: " + operator);
      };
    }

    @Override
    public Stream<String> columns() {
      return Stream.of(column);
    }
  }

  /** A text of a certain form. */
  record Matches(String column, Text like, Pattern pattern) implements Condition {
    @Override
    public String sql(Dialect dialect) {
      return "(%s LIKE %s)".formatted(column, like.sql(dialect));
    }

    @Override
    public Logic test(Values row) {
      return row.find(column)
          .map(value -> Logic.of(pattern.matcher((String) value).matches()))
          .orElse(Logic.UNKNOWN);
    }

    @Override
    public Stream<String> columns() {
      return Stream.of(column);
    }
  }

  /** A list with a literal in it. */
  record Has(String column, Literal literal) implements Condition {
    @Override
    public String sql(Dialect dialect) {
      return "(%s(%s, %s))".formatted(dialect.has(), column, literal.sql(dialect));
    }

    @Override
    public Logic test(Values row) {
      return row.find(column).map(list -> in((List<?>) list)).orElse(Logic.UNKNOWN);
    }

    private Logic in(List<?> list) {
      Logic said = Logic.FALSE;
      for (Object element : list) {
        if (element == null) {
          said = Logic.UNKNOWN;
        } else if (ValueOrder.of(element, literal.value()) == 0) {
          return Logic.TRUE;
        }
      }
      return said;
    }

    @Override
    public Stream<String> columns() {
      return Stream.of(column);
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

    @Override
    public Logic test(Values row) {
      return row.find(column).map(value -> Logic.of(isAmong(value))).orElse(Logic.UNKNOWN);
    }

    private boolean isAmong(Object value) {
      return literals.stream().anyMatch(literal -> ValueOrder.of(value, literal.value()) == 0);
    }

    @Override
    public Stream<String> columns() {
      return Stream.of(column);
    }
  }

  /** A column without a value. */
  record IsNull(String column) implements Condition {
    @Override
    public String sql(Dialect dialect) {
      return "(" + column + " IS NULL)";
    }

    @Override
    public Logic test(Values row) {
      return Logic.of(row.find(column).isEmpty());
    }

    @Override
    public Stream<String> columns() {
      return Stream.of(column);
    }
  }

  /** A value that the user wrote. */
  sealed interface Literal {
    /** What it is worth. */
    Object value();

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

  /** A moment, as the user wrote it. */
  record Time(Instant value) implements Literal {
    @Override
    public String sql(Dialect dialect) {
      return dialect.quote(value.toString());
    }

    @Override
    public String kind() {
      return "moment";
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
  record Truth(Boolean value) implements Literal {
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
