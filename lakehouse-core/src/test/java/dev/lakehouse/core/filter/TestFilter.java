// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.filter;

import static dev.lakehouse.core.Column.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.ColumnType.Scalar;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestFilter {
  private static final List<Column> COLUMNS =
      List.of(
          optional("language", Scalar.STRING, ""),
          optional("title", Scalar.STRING, ""),
          optional("width", Scalar.INT, ""),
          optional("gone", Scalar.BOOLEAN, ""),
          optional("made", Scalar.TIMESTAMP, ""),
          optional("reasons", new ArrayOf(Scalar.STRING), ""),
          optional("vector", new ArrayOf(Scalar.FLOAT), ""));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          language = 'eng'                  | (language = 'eng')
          LANGUAGE<>'eng'                   | (language != 'eng')
          width>=-3                         | (width >= -3)
          width < 1.50                      | (width < 1.50)
          gone = true                       | (gone = TRUE)
          language in ('a','b''c')          | (language IN ('a', 'b''c'))
          language not in ('a')             | (NOT (language IN ('a')))
          title LIKE '%cat_'                | (title LIKE '%cat_')
          title is null                     | (title IS NULL)
          title IS NOT NULL                 | (NOT (title IS NULL))
          not width = 1 and width = 2       | ((NOT (width = 1)) AND (width = 2))
          width=1 or width=2 and width=3    | ((width = 1) OR ((width = 2) AND (width = 3)))
          (width=1 or width=2) and width=3  | (((width = 1) OR (width = 2)) AND (width = 3))
          title = 'AND ( "x" -- ; DROP'     | (title = 'AND ( "x" -- ; DROP')
          HAS(reasons, 'X')                 | (array_has(reasons, 'X'))
          not has ( reasons , 'it''s' )     | (NOT (array_has(reasons, 'it''s')))
          made >= '2026-01-31 12:00'        | (made >= '2026-01-31T12:00:00Z')
          """)
  void parses(String condition, String sql) {
    assertThat(Filter.parse(condition, COLUMNS).toLance()).isEqualTo(sql);
  }

  @Test
  void aTextCannotEndEarlyInEitherDialect() {
    Filter filter = Filter.parse("title = 'a\\'' OR 1=1'", COLUMNS);

    assertThat(filter.toLance()).isEqualTo("(title = 'a\\'' OR 1=1')");
    assertThat(filter.toSpark()).isEqualTo("(title = 'a\\\\\\' OR 1=1')");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
langauge = 'eng'       | 1  | no column langauge to ask for. Did you mean language?
vector = 'x'           | 1  | There are language, title, width, gone, made
width = 'x'            | 9  | column width is a number, compared here with a text
title = 3              | 9  | column title is a text, compared here with a number
title = title          | 9  | expected a 'text', a number, TRUE or FALSE, found title
title = 'x             | 9  | this text has no closing quote
title = "x"            | 9  | texts stand between single quotes
width = 1 width = 2    | 11 | expected AND, OR or the end, found width
width = 1; DROP TABLE  | 10 | ';' means nothing here
(width = 1             | 11 | expected ), found the end
width LIKE '1'         | 12 | LIKE compares texts, and width is none
width NOT 3            | 11 | expected IN or LIKE, found 3
sleep(10) = 1          | 1  | no column sleep to ask for
title + 'x' = 'x'      | 7  | '+' means nothing here
reasons = 'X'          | 1  | reasons is a list: ask for what is in it with has(reasons, …)
has(title, 'X')        | 5  | no column title to ask for. Did you mean reasons?
has(reasons, 3)        | 14 | column reasons is a text, compared here with a number
has(reasons)           | 12 | expected ,, found )
made > 'yesterday'     | 8  | expected one like '2026-01-31'
made > 3               | 8  | column made is a moment, compared here with a number
""")
  void pointsAtWhatIsWrong(String condition, int at, String complaint) {
    assertThatThrownBy(() -> Filter.parse(condition, COLUMNS))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining("at character %d: ", at)
        .hasMessageContaining(complaint);
  }

  @Test
  void depthAndLengthAreBounded() {
    assertThatThrownBy(() -> Filter.parse("(".repeat(5000), COLUMNS))
        .hasMessageContaining("nested deeper than 100 levels");
    assertThatThrownBy(() -> Filter.parse("NOT ".repeat(4000), COLUMNS))
        .hasMessageContaining("nested deeper than 100 levels");
    assertThatThrownBy(() -> Filter.parse(" ".repeat(30_000), COLUMNS))
        .hasMessageContaining("longer than 20000 characters");
    String many = "width = 1" + " OR width = 1".repeat(1500);
    assertThat(Filter.parse(many, COLUMNS).toLance()).startsWith("((width = 1) OR (width = 1)");
  }
}
