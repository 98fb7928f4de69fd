// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.filter;

import static dev.lakehouse.core.Column.optional;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.ColumnType.Scalar;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a condition says of a row where no engine is asked. */
class TestFilterOnRows {
  private static final Table TABLE =
      new Table(
          "rows",
          List.of(
              optional("title", Scalar.STRING, ""),
              optional("empty", Scalar.STRING, ""),
              optional("width", Scalar.INT, ""),
              optional("share", Scalar.DOUBLE, ""),
              optional("odd", Scalar.DOUBLE, ""),
              optional("yes", Scalar.BOOLEAN, ""),
              optional("made", Scalar.TIMESTAMP, ""),
              optional("reasons", new ArrayOf(Scalar.STRING), ""),
              optional("holes", new ArrayOf(Scalar.STRING), ""),
              optional("nothing", new ArrayOf(Scalar.STRING), "")),
          List.of());

  private static final Values ROW =
      Values.of(TABLE)
          .set("title", "a 50% cat_\nof C:\\dir \uD83D\uDC08")
          .set("width", 7)
          .set("share", 0.1)
          .set("odd", Double.NaN)
          .set("yes", true)
          .set("made", Timestamp.from(Instant.parse("2026-01-31T12:00:00.5Z")))
          .set("reasons", List.of("A", "B"))
          .set("holes", Arrays.asList("A", null));

  private static boolean isMet(String condition) {
    return Filter.parse(condition, TABLE.columns()).isMetBy(ROW);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "width = 7",
        "width = 7.0",
        "width < 99999999999999999999",
        "width != 6.5",
        "share = 0.1",
        "share <= 0.1 AND share >= 0.10",
        "odd > 1000",
        "yes = TRUE",
        "yes != false",
        "title LIKE 'a%'",
        "title LIKE '%50\\%%'",
        "title LIKE '%cat\\__of%'",
        "title LIKE '%C:\\dir%'",
        "title > 'A'",
        "title IN ('x', 'y') OR width IN (1, 7)",
        "empty IS NULL",
        "title IS NOT NULL",
        "NOT width = 8",
        "empty = 'x' OR width = 7",
        "NOT (empty = 'x' AND width = 8)",
        "has(reasons, 'B')",
        "NOT has(reasons, 'C')",
        "has(holes, 'A')",
        "made = '2026-01-31 12:00:00.5'",
        "made > '2026'",
        "made < '2026-02'",
        "made > '2026-1-31'",
        "made = '2026-01-31T13:00:00.500+01:00'",
      })
  void tellsWhatIsMet(String condition) {
    assertThat(isMet(condition)).isTrue();
  }

  /** As in SQL, what nobody can tell is not met, and its opposite neither. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "empty = 'x'",
        "NOT empty = 'x'",
        "empty != 'x'",
        "empty NOT IN ('x')",
        "empty NOT LIKE 'x'",
        "empty = 'x' AND width = 7",
        "NOT (empty = 'x' OR width = 8)",
        "has(nothing, 'A')",
        "NOT has(nothing, 'A')",
        "has(holes, 'B')",
        "NOT has(holes, 'B')",
        "width = 8",
        "width > 7",
        "width = 7.5",
        "share > 0.1",
        "title LIKE 'cat'",
        "title = 'A 50%'",
        "yes = FALSE",
        "made = '2026-01-31 12:00'",
        "made IS NULL",
        "has(reasons, 'a')",
      })
  void tellsWhatIsNotMet(String condition) {
    assertThat(isMet(condition)).isFalse();
  }

  @Test
  void aFilterKnowsItsColumns() {
    Filter filter =
        Filter.parse(
            "NOT (width = 1 OR title LIKE 'x') AND has(reasons, 'A') AND width IN (2)",
            TABLE.columns());

    assertThat(filter.columns()).containsExactly("width", "title", "reasons");
  }
}
