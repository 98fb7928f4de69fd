// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.watch.sheet.SheetItem;
import dev.lakehouse.core.watch.sheet.SheetStrip;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Shows rows about assets: each asset as its picture or its first words, and under it what the row
 * says of it.
 *
 * @param contents where bytes are read
 * @param limits on what is decoded
 */
public record RowGallery(LakeTables tables, Contents contents, Limits limits) {
  private static final String ID = "asset_id";
  private static final int MOST = 60;
  private static final long PICTURE_BYTES = 4 << 20;

  /**
   * The first rows in their order.
   *
   * @param rows with {@code asset_id}
   * @return a piece of HTML
   * @throws LakehouseException if the rows do not say which assets they are about
   */
  public String of(Dataset<Row> rows) {
    if (!Arrays.asList(rows.columns()).contains(ID)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot show these rows: expected a column asset_id but found %s. Select it with the"
              + " others",
          String.join(", ", rows.columns()));
    }
    List<Row> shown = rows.limit(MOST + 1).collectAsList();
    List<Row> first = shown.subList(0, Math.min(MOST, shown.size()));
    Map<String, Row> assets = assets(first);
    List<SheetItem> items = new ArrayList<>();
    for (Row row : first) {
      String id = row.getAs(ID);
      items.add(
          Optional.ofNullable(assets.get(id))
              .map(asset -> ShownAssets.item(asset, figures(row), List.of()))
              .orElseGet(() -> unknown(id, row)));
    }
    String note = shown.size() > MOST ? "The first %d rows.".formatted(MOST) : "";
    return new SheetStrip(contents, limits, PICTURE_BYTES).of(items, note);
  }

  private Map<String, Row> assets(List<Row> rows) {
    Object[] ids = rows.stream().map(row -> row.<String>getAs(ID)).distinct().toArray();
    Map<String, Row> assets = new HashMap<>();
    ShownAssets.of(tables)
        .where(col(ID).isin(ids))
        .collectAsList()
        .forEach(row -> assets.put(row.getAs(ID), row));
    return assets;
  }

  private static SheetItem unknown(String id, Row row) {
    return new SheetItem(
        "asset " + id, "", "", Optional.empty(), figures(row), List.of("not in the lake"));
  }

  /** What a row says beside whom it is about. */
  private static List<String> figures(Row row) {
    List<String> figures = new ArrayList<>();
    for (String name : row.schema().fieldNames()) {
      Object value = row.getAs(name);
      if (!name.equals(ID) && value != null) {
        figures.add(name + " " + spelt(value));
      }
    }
    return figures;
  }

  private static String spelt(Object value) {
    return value instanceof Float || value instanceof Double
        ? String.format(Locale.ROOT, "%.4g", ((Number) value).doubleValue())
        : value.toString();
  }
}
