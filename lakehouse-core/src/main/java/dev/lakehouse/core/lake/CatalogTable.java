// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import static dev.lakehouse.core.Column.optional;
import static dev.lakehouse.core.ColumnType.Scalar.FLOAT;
import static dev.lakehouse.core.ColumnType.Scalar.INT;
import static dev.lakehouse.core.ColumnType.Scalar.STRING;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.embed.FamilySpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The catalog: what is published, with the vectors of families, each in columns of its own. A
 * family that was ever published keeps its columns; they are empty while it is off.
 */
public final class CatalogTable {
  private static final String VECTOR = "_vector";
  private static final String ENCODER = "_encoder";
  private static final String DIM = "_dim";
  private static final String POOLING = "_pooling";

  /** Of {@link #pooling}: the mean of the vectors of the parts, of length 1. */
  public static final String MEAN = "mean";

  /** Stands behind the vectors. */
  private static final String FIRST_OF_THE_LAST = "verdict_status";

  /** The families that every catalog has columns for. */
  private static final List<String> ALWAYS = List.of(FamilySpec.TEXT, FamilySpec.CLIP);

  /** The catalog of a lake that never had another family. */
  public static final Table FIRST = of(List.of());

  private CatalogTable() {}

  /** The catalog with the vectors of these families beside those that it always has. */
  public static Table of(Collection<String> more) {
    List<Column> columns = new ArrayList<>();
    for (Column column : Tables.PUBLISHED.columns()) {
      if (column.name().equals(FIRST_OF_THE_LAST)) {
        families(more).forEach(family -> columns.addAll(columns(family)));
      }
      columns.add(column);
    }
    return new Table(Tables.PUBLISHED.name(), columns, Tables.PUBLISHED.key());
  }

  /** The same as it was before an asset of passages or pictures had a vector. */
  public static Table ofWholes(Collection<String> more) {
    Table table = of(more);
    List<Column> columns =
        table.columns().stream().filter(column -> !column.name().endsWith(POOLING)).toList();
    return new Table(table.name(), columns, table.key());
  }

  private static Set<String> families(Collection<String> more) {
    Set<String> families = new LinkedHashSet<>(ALWAYS);
    families.addAll(new TreeSet<>(more));
    return families;
  }

  private static List<Column> columns(String family) {
    String of =
        switch (family) {
          case FamilySpec.TEXT -> "a text, or of passages";
          case FamilySpec.CLIP -> "an image, or of the pictures of a film";
          default -> "the content, in family " + family;
        };
    return List.of(
        optional(vector(family), new ArrayOf(FLOAT), "of " + of),
        optional(encoder(family), STRING, "that made it"),
        optional(dim(family), INT, "its length"),
        optional(
            pooling(family),
            STRING,
            "`mean` where it is made of those of passages or pictures, as far as these have one"));
  }

  /** Whether a table is a catalog, of whatever families. */
  public static boolean is(Table table) {
    return table.name().equals(Tables.PUBLISHED.name());
  }

  /** The families that some columns are those of, as they stand there. */
  public static List<String> familiesIn(List<String> columns) {
    return columns.stream()
        .filter(name -> name.endsWith(VECTOR))
        .map(name -> name.substring(0, name.length() - VECTOR.length()))
        .filter(family -> columns.containsAll(List.of(encoder(family), dim(family))))
        .toList();
  }

  /** The column of a family's vector. */
  public static String vector(String family) {
    return family + VECTOR;
  }

  /** The column of the digest of what made it. */
  public static String encoder(String family) {
    return family + ENCODER;
  }

  /** The column of its length. */
  public static String dim(String family) {
    return family + DIM;
  }

  /** The column of how the vectors of an asset's parts were made one. */
  public static String pooling(String family) {
    return family + POOLING;
  }

  /** All columns of a family. */
  public static List<String> names(String family) {
    return List.of(vector(family), encoder(family), dim(family), pooling(family));
  }
}
