// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.watch.sheet.SheetItem;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Assets, with what it takes to show them. */
final class ShownAssets {
  private ShownAssets() {}

  /** The active ones. */
  static Dataset<Row> of(LakeTables tables) {
    return tables
        .table(Tables.ASSETS)
        .rows()
        .where("state = 'active'")
        .select(
            "asset_id", "title", "source_uri", "modality", "text", "blob", "blob_uri", "captions");
  }

  /**
   * One of them.
   *
   * @param row with the columns of {@link #of}
   * @param captions what stands below it
   * @param codes what stands against it
   */
  static SheetItem item(Row row, List<String> captions, List<String> codes) {
    String uri = row.getAs("source_uri");
    String text = row.getAs("text");
    String blob = row.getAs("blob");
    Optional<Content> content =
        text == null && blob == null
            ? Optional.empty()
            : Optional.of(Content.ofColumns(text, blob, row.getAs("blob_uri")));
    return new SheetItem(
        Optional.ofNullable(row.<String>getAs("title")).orElseGet(() -> title(uri)),
        uri,
        Objects.requireNonNullElse(row.getAs("modality"), ""),
        content,
        captions,
        codes);
  }

  /** What a place is called for short. */
  static String title(String uri) {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }
}
