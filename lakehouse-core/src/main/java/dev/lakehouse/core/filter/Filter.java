// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.filter;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Values;
import java.util.List;

/**
 * A condition on listed columns, parsed from what a user wrote and never passed on as it stands.
 *
 * <pre>
 * condition  := conjunction { OR conjunction }
 * conjunction := negation { AND negation }
 * negation   := [ NOT ] ( '(' condition ')' | test )
 * test       := column ( = | != | &lt;&gt; | &lt; | &lt;= | &gt; | &gt;= ) literal
 *             | column [ NOT ] IN '(' literal { , literal } ')'
 *             | column [ NOT ] LIKE text
 *             | column IS [ NOT ] NULL
 *             | HAS '(' list , literal ')'
 * literal    := 'text' | number | TRUE | FALSE
 * </pre>
 *
 * <p>A quote inside a text is doubled; {@code %} and {@code _} are the wildcards of LIKE. As in
 * SQL, a test of an empty column is neither true nor false, so {@code NOT} does not turn it into a
 * match; ask with {@code IS NULL}. Moments are written {@code '2026-01-31 12:00'}, in UTC unless
 * they name a zone.
 */
public final class Filter {
  private final String text;
  private final Condition condition;

  private Filter(String text, Condition condition) {
    this.text = text;
    this.condition = condition;
  }

  /**
   * Parses a condition.
   *
   * @param columns the columns that it may name
   * @throws LakehouseException showing the place of what is wrong, or naming the columns that there
   *     are
   */
  public static Filter parse(String text, List<Column> columns) {
    return new Filter(text, new FilterParser(text, columns).parse());
  }

  /** Whether a row meets the condition, as SQL has it: what nobody can tell is not met. */
  public boolean isMetBy(Values row) {
    return condition.test(row) == Logic.TRUE;
  }

  /** The columns that the condition looks at, each once. */
  public List<String> columns() {
    return condition.columns().distinct().toList();
  }

  /** The condition in the SQL of Lance. */
  public String toLance() {
    return condition.sql(Dialect.LANCE);
  }

  /** The condition in the SQL of Spark. */
  public String toSpark() {
    return condition.sql(Dialect.SPARK);
  }

  /** The condition as the user wrote it. */
  @Override
  public String toString() {
    return text;
  }
}
