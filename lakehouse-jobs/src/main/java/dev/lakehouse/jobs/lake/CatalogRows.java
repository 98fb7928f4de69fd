// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.core.Tables;
import dev.lakehouse.udfs.SparkColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the catalog of a release should hold: what passed, with its vectors.
 *
 * <p>An asset whose own vector could not be computed is dead; one for which a vector is still to
 * come, its own or that of a caption, is pending. Neither is published. A caption that cannot be
 * embedded only misses from the index.
 */
public final class CatalogRows {
  public static final String FATE = "fate";
  public static final String PUBLISH = "publish";
  public static final String PENDING = "pending";
  public static final String DEAD = "dead";

  /** Columns that are the asset's own, as {@code filtered} has them. */
  private static final Set<String> COMPUTED =
      Set.of(
          "language",
          "text_vector",
          "text_encoder",
          "text_dim",
          "clip_vector",
          "clip_encoder",
          "clip_dim");

  private final Dataset<Row> filtered;
  private final Dataset<Row> embeddings;
  private final Map<String, FamilyEncoder> families;

  public CatalogRows(
      Dataset<Row> filtered, Dataset<Row> embeddings, Map<String, FamilyEncoder> families) {
    this.filtered = filtered;
    this.embeddings = embeddings;
    this.families = families;
  }

  /** One row for each asset of {@code filtered}: the columns of the catalog and its fate. */
  public Dataset<Row> rows() {
    Dataset<Row> rows = withVectors(withVectors(filtered, FamilyEncoder.TEXT), FamilyEncoder.CLIP);
    Dataset<Row> settled =
        rows.join(assetsWithUnsettledCaptions(), SparkColumns.using("asset_id"), "left");
    Column fate =
        when(failed(FamilyEncoder.TEXT).or(failed(FamilyEncoder.CLIP)), DEAD)
            .when(
                missing(FamilyEncoder.TEXT)
                    .or(missing(FamilyEncoder.CLIP))
                    .or(col("unsettled").isNotNull()),
                PENDING)
            .otherwise(PUBLISH);
    List<Column> columns = new ArrayList<>();
    for (String name : Tables.CATALOG.names()) {
      columns.add(COMPUTED.contains(name) ? computed(name) : col(name));
    }
    columns.add(fate.as(FATE));
    return settled.select(columns.toArray(Column[]::new));
  }

  private Column computed(String name) {
    return name.equals("language")
        ? coalesce(col("language"), col("detected_language")).as("language")
        : col(name);
  }

  /** Joins the outcome of a family: vector, encoder and dim, or that there is an error. */
  private Dataset<Row> withVectors(Dataset<Row> rows, String family) {
    FamilyEncoder encoder = families.get(family);
    if (encoder == null) {
      return rows.withColumn(family + "_vector", lit(null).cast("array<float>"))
          .withColumn(family + "_encoder", lit(null).cast("string"))
          .withColumn(family + "_dim", lit(null).cast("int"))
          .withColumn(family + "_outcome", lit(null).cast("string"))
          .withColumn(family + "_failed", lit(null).cast("boolean"));
    }
    Dataset<Row> outcomes =
        outcomesOf(encoder)
            .select(
                col("input_sha256").as(family + "_outcome"),
                // of its own, so that counting fates carries no vectors through the joins
                col("vector").isNull().as(family + "_failed"),
                col("vector").as(family + "_vector"),
                when(col("vector").isNotNull(), col("encoder")).as(family + "_encoder"),
                when(col("vector").isNotNull(), col("dim")).as(family + "_dim"));
    Column own =
        col("sha256")
            .equalTo(col(family + "_outcome"))
            .and(col("modality").equalTo(encoder.modality()));
    return rows.join(outcomes, own, "left");
  }

  private Dataset<Row> outcomesOf(FamilyEncoder encoder) {
    return embeddings.where(
        col("encoder").equalTo(encoder.encoder()).and(col("segment").equalTo("whole")));
  }

  private Column required(String family) {
    return Optional.ofNullable(families.get(family))
        .map(encoder -> col("modality").equalTo(encoder.modality()))
        .orElse(lit(false));
  }

  private Column missing(String family) {
    return required(family).and(col(family + "_outcome").isNull());
  }

  private Column failed(String family) {
    return required(family).and(col(family + "_outcome").isNotNull()).and(col(family + "_failed"));
  }

  private Dataset<Row> assetsWithUnsettledCaptions() {
    Dataset<Row> captions =
        filtered.select(col("asset_id"), explode(col("captions.sha256")).as("input_sha256"));
    FamilyEncoder encoder = families.get(FamilyEncoder.TEXT);
    Dataset<Row> unsettled =
        encoder == null
            ? captions.limit(0)
            : captions.join(
                outcomesOf(encoder).select("input_sha256"),
                SparkColumns.using("input_sha256"),
                "left_anti");
    return unsettled.select("asset_id").distinct().withColumn("unsettled", lit(true));
  }
}
