// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import static dev.lakehouse.core.Column.optional;
import static dev.lakehouse.core.Column.required;
import static dev.lakehouse.core.ColumnType.Scalar.BOOLEAN;
import static dev.lakehouse.core.ColumnType.Scalar.STRING;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.ColumnType.StructOf;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The view that rules are written over: one row for each active asset, with its facts, the
 * measurements of its content and those of its captions.
 */
public final class Judged {
  private static final Set<String> NOT_OF_ASSETS = Set.of("captions", "state");
  private static final Set<String> NOT_OF_MEASUREMENTS = Set.of("sha256", "probe", "run");
  private static final Set<String> NOT_OF_CAPTIONS =
      Set.of("error_class", "error_message", "attempts", "warnings");

  private static final Set<String> IMAGE_FACTS = Set.of("captions", "captions_declared");

  /** Figures of pictures stand before those of texts. */
  private static final String FIRST_OF_IMAGES = "image_format";

  private static final String FIRST_OF_TEXTS = "chars";

  /** The figures of a caption: its text and digest, then what the text probe found. */
  public static final List<Column> CAPTION = captionColumns();

  /** Every column that a rule may name. */
  public static final List<Column> COLUMNS = columns();

  /** The view as a table. */
  public static final Table VIEW = new Table("judged", COLUMNS, List.of("asset_id"));

  private Judged() {}

  /** Which modality a column can have a value for: {@code image}, {@code text} or {@code all}. */
  public static String media(String column) {
    List<String> measured = Tables.MEASUREMENTS.names();
    int at = measured.indexOf(column);
    if (at < measured.indexOf(FIRST_OF_IMAGES) || at >= measured.indexOf("warnings")) {
      return IMAGE_FACTS.contains(column) ? "image" : Rule.ALL;
    }
    return at < measured.indexOf(FIRST_OF_TEXTS) ? "image" : "text";
  }

  private static List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    for (Column column : Tables.ASSETS.columns()) {
      if (!NOT_OF_ASSETS.contains(column.name())) {
        columns.add(column);
      }
    }
    columns.add(required("measured", BOOLEAN, "whether the content has an outcome row"));
    for (Column column : Tables.MEASUREMENTS.columns()) {
      if (!NOT_OF_MEASUREMENTS.contains(column.name())) {
        columns.add(optional(column.name(), column.type(), column.meaning()));
      }
    }
    columns.add(
        required("captions", new ArrayOf(new StructOf(CAPTION)), "each caption with its figures"));
    return List.copyOf(columns);
  }

  private static List<Column> captionColumns() {
    List<Column> columns = new ArrayList<>();
    columns.add(required("text", STRING, "the caption"));
    columns.add(required("sha256", STRING, "digest of its UTF-8 bytes"));
    columns.add(required("measured", BOOLEAN, "whether the caption has an outcome row"));
    boolean text = false;
    for (Column column : Tables.MEASUREMENTS.columns()) {
      text |= column.name().equals(FIRST_OF_TEXTS);
      boolean shared = column.name().startsWith("error_");
      if ((text || shared)
          && !NOT_OF_CAPTIONS.contains(column.name())
          && !NOT_OF_MEASUREMENTS.contains(column.name())) {
        columns.add(optional(column.name(), column.type(), column.meaning()));
      }
    }
    return List.copyOf(columns);
  }
}
