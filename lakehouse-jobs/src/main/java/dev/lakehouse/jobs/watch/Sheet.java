// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.curate.Reasons;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.watch.sheet.SheetItem;
import dev.lakehouse.core.watch.sheet.SheetPage;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.udfs.SparkColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Picks what a contact sheet shows of a lake: what is published, what waits, what was refused. */
public final class Sheet {
  private static final long PICTURE_BYTES = 8 << 20;
  private static final int REASONS = 12;
  private static final int EACH_REASON = 6;

  private final LakeTables tables;
  private final Contents contents;
  private final Limits limits;
  private final int each;

  /**
   * @param contents where bytes are read
   * @param limits on what is decoded
   * @param each items at most under one heading
   */
  public Sheet(LakeTables tables, Contents contents, Limits limits, int each) {
    this.tables = tables;
    this.contents = contents;
    this.limits = limits;
    this.each = each;
  }

  /**
   * The page.
   *
   * @param release what is published; empty where nothing is
   */
  public String of(String lake, Optional<Release> release) {
    SheetPage page =
        new SheetPage(
            release.map(r -> "Release %d of %s".formatted(r.sequence(), lake)).orElse(lake),
            note(release),
            contents,
            limits,
            PICTURE_BYTES);
    release.ifPresent(published -> accepted(page, published));
    Dataset<Row> judged = judged();
    borderline(page, judged);
    rejected(page, judged);
    deadLetters(page);
    return page.html();
  }

  private String note(Optional<Release> release) {
    if (release.isEmpty()) {
      return "Nothing is released yet; what waits and what was refused is that of the last judgement.";
    }
    boolean since =
        !tables
            .table(Tables.VERDICTS)
            .rows()
            .where(col("judgement_id").notEqual(release.get().judgementId()))
            .isEmpty();
    return "Published %s, release %s. What waits and what was refused is that of %s."
        .formatted(
            release.get().createdAt(),
            release.get().id().substring(0, 12),
            since ? "the last judgement, which is another than the release's" : "its judgement");
  }

  private void accepted(SheetPage page, Release release) {
    Dataset<Row> rows = tables.catalog().rowsAt(release.catalogVersion());
    Dataset<Row> shown =
        rows.orderBy("asset_id")
            .limit(each)
            .selectExpr("asset_id", "warnings AS codes")
            .join(ShownAssets.of(tables), SparkColumns.using("asset_id"));
    page.add(SheetPage.Mood.GOOD, "Published", rows.count(), items(shown));
  }

  private Dataset<Row> judged() {
    return tables.table(Tables.VERDICTS).rows();
  }

  private void borderline(SheetPage page, Dataset<Row> judged) {
    Dataset<Row> rows = judged.where("verdict_status = 'review'");
    page.add(SheetPage.Mood.OPEN, "Waiting for a reviewer", rows.count(), shown(rows, each));
  }

  private void rejected(SheetPage page, Dataset<Row> judged) {
    Dataset<Row> rows = judged.where("verdict_status = 'fail'");
    List<Row> reasons =
        rows.selectExpr("explode(reasons) AS reason")
            .groupBy("reason")
            .agg(count(lit(1)).as("rows"))
            .orderBy(col("rows").desc(), col("reason"))
            .limit(REASONS)
            .collectAsList();
    for (Row reason : reasons) {
      Dataset<Row> because =
          rows.where(
              org.apache.spark.sql.functions.array_contains(col("reasons"), reason.getString(0)));
      page.add(
          SheetPage.Mood.BAD,
          "Rejected: " + explained(reason.getString(0)),
          reason.getLong(1),
          shown(because, Math.min(each, EACH_REASON)));
    }
  }

  private static String explained(String code) {
    return Reasons.words(code).map(words -> code + ", " + words).orElse(code);
  }

  private List<SheetItem> shown(Dataset<Row> verdicts, int most) {
    return items(
        verdicts
            .orderBy("asset_id")
            .limit(most)
            .selectExpr("asset_id", "concat(reasons, warnings) AS codes")
            .join(ShownAssets.of(tables), SparkColumns.using("asset_id")));
  }

  /** What was never taken in has no content here; its code and place are shown. */
  private void deadLetters(SheetPage page) {
    Dataset<Row> rows = tables.table(Tables.DEAD_LETTERS).rows();
    List<SheetItem> items = new ArrayList<>();
    for (Row row : rows.orderBy("source_uri").limit(each).collectAsList()) {
      String uri = String.valueOf(row.<String>getAs("source_uri"));
      String code = row.getAs("error_code");
      items.add(
          new SheetItem(
              ShownAssets.title(uri), uri, "", Optional.empty(), List.of(), List.of(code)));
    }
    if (!items.isEmpty()) {
      page.add(SheetPage.Mood.BAD, "Never taken in", rows.count(), items);
    }
  }

  private static List<SheetItem> items(Dataset<Row> rows) {
    return rows.orderBy("asset_id").collectAsList().stream().map(Sheet::item).toList();
  }

  private static SheetItem item(Row row) {
    List<String> captions =
        row.<Row>getList(row.fieldIndex("captions")).stream()
            .map(caption -> caption.<String>getAs("text"))
            .toList();
    return ShownAssets.item(row, captions, row.getList(row.fieldIndex("codes")));
  }
}
