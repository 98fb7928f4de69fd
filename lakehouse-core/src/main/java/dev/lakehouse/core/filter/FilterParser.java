// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.filter;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType;
import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.ColumnType.Scalar;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Similar;
import dev.lakehouse.core.filter.Condition.Literal;
import dev.lakehouse.core.filter.Token.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads a condition by recursive descent. */
final class FilterParser {
  private static final int MAX_LENGTH = 20_000;
  private static final int MAX_DEPTH = 100;

  private final FilterSyntax syntax;
  private final List<Column> columns;
  private final List<Column> lists;
  private final List<Token> tokens;
  private int next;
  private int depth;

  FilterParser(String condition, List<Column> columns) {
    this.syntax = new FilterSyntax(condition);
    this.columns = columns.stream().filter(column -> column.type() instanceof Scalar).toList();
    this.lists = columns.stream().filter(FilterParser::isList).toList();
    if (condition.length() > MAX_LENGTH) {
      throw syntax.wrong(MAX_LENGTH, "longer than %d characters".formatted(MAX_LENGTH));
    }
    this.tokens = Token.of(condition);
  }

  private static boolean isList(Column column) {
    return column.type() instanceof ArrayOf list && list.element() == Scalar.STRING;
  }

  Condition parse() {
    Condition condition = condition();
    if (peek().kind() != Kind.END) {
      throw expected("AND, OR or the end");
    }
    return condition;
  }

  private Condition condition() {
    return several("OR", () -> several("AND", this::negation));
  }

  private Condition several(String word, Supplier<Condition> part) {
    List<Condition> parts = new ArrayList<>();
    do {
      parts.add(part.get());
    } while (take(word));
    return parts.size() == 1 ? parts.get(0) : new Condition.Several(word, parts);
  }

  private Condition negation() {
    if (++depth > MAX_DEPTH) {
      throw syntax.wrong(peek().at(), "nested deeper than %d levels".formatted(MAX_DEPTH));
    }
    Condition condition;
    if (take("NOT")) {
      condition = new Condition.Not(negation());
    } else if (take("(")) {
      condition = condition();
      require(")");
    } else {
      condition = test();
    }
    depth--;
    return condition;
  }

  private Condition test() {
    if (peek().is("HAS") && tokens.get(next + 1).is("(")) {
      return has();
    }
    Column column = column(columns);
    if (take("IS")) {
      boolean negated = take("NOT");
      require("NULL");
      return negated(negated, new Condition.IsNull(column.name()));
    }
    boolean negated = take("NOT");
    if (take("IN")) {
      return negated(negated, new Condition.In(column.name(), literals(column)));
    }
    if (take("LIKE")) {
      return negated(negated, like(column));
    }
    if (negated || !peek().isOperator()) {
      throw expected(negated ? "IN or LIKE" : "=, !=, <, <=, >, >=, IN, LIKE or IS");
    }
    String operator = take().text().replace("<>", "!=");
    return new Condition.Comparison(column.name(), operator, literal(column));
  }

  private Condition has() {
    next++;
    require("(");
    Column list = column(lists);
    require(",");
    ColumnType element = ((ArrayOf) list.type()).element();
    Literal literal = literal(new Column(list.name(), element, true, list.meaning()));
    require(")");
    return new Condition.Has(list.name(), literal);
  }

  private static Condition negated(boolean negated, Condition condition) {
    return negated ? new Condition.Not(condition) : condition;
  }

  private Condition like(Column column) {
    if (column.type() != Scalar.STRING) {
      throw syntax.wrong(
          peek().at(), "LIKE compares texts, and %s is none".formatted(column.name()));
    }
    Condition.Text like = (Condition.Text) literal(column);
    return new Condition.Matches(column.name(), like, Like.pattern(like.value()));
  }

  private Column column(List<Column> known) {
    if (peek().kind() != Kind.WORD) {
      throw expected("a column");
    }
    Token token = take();
    return find(token, known).orElseThrow(() -> unknown(token, known));
  }

  private static Optional<Column> find(Token token, List<Column> among) {
    String name = token.text().toLowerCase(Locale.ROOT);
    return among.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  private LakehouseException unknown(Token token, List<Column> known) {
    if (known == columns && find(token, lists).isPresent()) {
      return syntax.wrong(
          token.at(),
          "%s is a list: ask for what is in it with has(%s, …)"
              .formatted(token.text(), token.text()));
    }
    List<String> names = known.stream().map(Column::name).toList();
    return syntax.wrong(
        token.at(),
        "no column %s to ask for. Did you mean %s? There are %s"
            .formatted(token.text(), Similar.to(token.text(), names), String.join(", ", names)));
  }

  private List<Literal> literals(Column column) {
    require("(");
    List<Literal> literals = new ArrayList<>();
    do {
      literals.add(literal(column));
    } while (take(","));
    require(")");
    return literals;
  }

  private Literal literal(Column column) {
    Token token = peek();
    Literal literal = as(column, read(token), token);
    String kind = kind(column);
    if (!literal.kind().equals(kind)) {
      throw syntax.wrong(
          token.at(),
          "column %s is a %s, compared here with a %s"
              .formatted(column.name(), kind, literal.kind()));
    }
    next++;
    return literal;
  }

  /** A text that is compared with moments is one. */
  private Literal as(Column column, Literal literal, Token token) {
    return column.type() == Scalar.TIMESTAMP && literal instanceof Condition.Text text
        ? Moment.parse(text.value())
            .<Literal>map(Condition.Time::new)
            .orElseThrow(
                () ->
                    syntax.wrong(
                        token.at(),
                        "column %s is a moment: expected one like '2026-01-31' or '2026-01-31 12:00'"
                            .formatted(column.name())))
        : literal;
  }

  private Literal read(Token token) {
    if (token.is("TRUE") || token.is("FALSE")) {
      return new Condition.Truth(token.is("TRUE"));
    }
    return switch (token.kind()) {
      case TEXT ->
          new Condition.Text(
              token.text().substring(1, token.text().length() - 1).replace("''", "'"));
      case NUMBER -> new Condition.Number(new BigDecimal(token.text()));
      default -> throw expected("a 'text', a number, TRUE or FALSE");
    };
  }

  private static String kind(Column column) {
    return switch ((Scalar) column.type()) {
      case STRING -> "text";
      case BINARY -> "row of bytes";
      case TIMESTAMP -> "moment";
      case INT, BIGINT, FLOAT, DOUBLE -> "number";
      case BOOLEAN -> "truth value";
    };
  }

  private Token peek() {
    return tokens.get(next);
  }

  private Token take() {
    return tokens.get(next++);
  }

  private boolean take(String word) {
    boolean found = peek().is(word);
    if (found) {
      next++;
    }
    return found;
  }

  private void require(String word) {
    if (!take(word)) {
      throw expected(word);
    }
  }

  private LakehouseException expected(String what) {
    String found = peek().kind() == Kind.END ? "the end" : peek().text();
    return syntax.wrong(peek().at(), "expected %s, found %s".formatted(what, found));
  }
}
