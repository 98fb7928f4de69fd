// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.derive;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.replace;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.derive.Enclosure;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.content.SourceItemColumns;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

/**
 * The files that stand in documents, as items to be ingested: the picture {@code a.png} of the
 * document {@code talks/b.pptx} of a source {@code s} is {@code talks/b.pptx!/2/a.png} of the
 * source {@code s!}. It has the document's group, licence, consent and sensitivity.
 */
public final class EnclosedItems {
  private static final String INSIDE = "!";
  private static final String STEP = INSIDE + "/";

  private EnclosedItems() {}

  /** Whether the assets of a source came out of documents. */
  public static boolean isEnclosed(String source) {
    return source.endsWith(INSIDE);
  }

  /** Whether an asset came out of a document. */
  public static Column enclosed(Column source) {
    return source.endsWith(INSIDE);
  }

  /**
   * Rows of {@link SourceItemColumns}.
   *
   * @param assets rows of {@link Tables#ASSETS}
   * @param derived rows of {@link Tables#DERIVED}
   * @param depth how many documents may stand in each other, above them
   */
  public static Dataset<Row> of(Dataset<Row> assets, Dataset<Row> derived, int depth) {
    Dataset<Row> documents =
        assets
            .where("state = 'active' AND modality = 'document'")
            .where(depth(col("source"), col("key")).lt(depth))
            .drop("blob", "size_bytes", "text", "title", "facts", "captions");
    Dataset<Row> files =
        derived
            .where("name IS NOT NULL")
            .select("sha256", "segment", "blob", "name", "part", "error_code", "error_message");
    return documents.join(files, SparkColumns.using("sha256")).select(columns());
  }

  private static Column depth(Column source, Column key) {
    Column without = replace(key, lit(STEP), lit(""));
    return when(enclosed(source), length(key).minus(length(without)).divide(STEP.length()))
        .otherwise(0);
  }

  private static Column[] columns() {
    List<Column> columns = new ArrayList<>();
    for (StructField field : SourceItemColumns.schema().fields()) {
      columns.add(column(field.name()).cast(field.dataType()).as(field.name()));
    }
    return columns.toArray(Column[]::new);
  }

  private static Column column(String name) {
    Column number = regexp_replace(col("segment"), "^" + Enclosure.PLACE, "");
    return switch (name) {
      case "source" ->
          when(enclosed(col("source")), col("source"))
              .otherwise(concat(col("source"), lit(INSIDE)));
      case "key" -> concat(col("key"), lit(STEP), number, lit("/"), col("name"));
      case "source_uri" -> concat(col("source_uri"), lit(STEP), col("segment"));
      case "stored_sha256" -> col("blob");
      case "stored_name", "title" -> col("name");
      case "refused_code" ->
          when(col("blob").isNull(), coalesce(col("error_code"), lit(ItemError.BYTE_LIMIT.name())));
      case "refused_message" -> when(col("blob").isNull(), col("error_message"));
      case "captions" -> array();
      case "captions_declared" -> lit(false);
      case "language", "licence", "consent", "sensitivity" -> col(name);
      case "group_id" -> coalesce(col("group_id"), col("asset_id"));
      case "facts" ->
          when(col("part").isNull(), map(lit("enclosed_in"), col("asset_id")))
              .otherwise(
                  map(
                      lit("enclosed_in"),
                      col("asset_id"),
                      lit("enclosed_part"),
                      col("part").cast("string")));
      case "place_file" -> col("source_uri");
      case "place_word" -> lit("enclosed");
      case "place_number" -> number;
      default -> lit(null); // of files and texts
    };
  }
}
