// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.content.Segment;
import dev.lakehouse.core.content.SegmentRole;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.jobs.content.Segments;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.embed.MeanVector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the catalog of a release should hold: what passed, with its vectors.
 *
 * <p>The vector of an asset that consists of passages or pictures is the mean of theirs, of length
 * 1; that of any other is of its whole content.
 *
 * <p>An asset whose own vector could not be computed is dead; one for which a vector is still to
 * come, its own or that of a caption or passage, is pending. Neither is published. A caption that
 * cannot be embedded only misses from the index. No asset waits for a family that is optional.
 */
public final class CatalogRows {
  public static final String FATE = "fate";
  public static final String PUBLISH = "publish";
  public static final String PENDING = "pending";
  public static final String DEAD = "dead";

  private final Dataset<Row> filtered;
  private final Dataset<Row> embeddings;
  private final Map<String, FamilyEncoder> families;
  private final Table catalog;

  /**
   * @param filtered what passed
   * @param embeddings every vector
   * @param families whose vectors the release has
   * @param catalog with the columns of these families, and of those that are off
   */
  public CatalogRows(
      Dataset<Row> filtered,
      Dataset<Row> embeddings,
      Map<String, FamilyEncoder> families,
      Table catalog) {
    this.catalog = catalog;
    this.filtered = filtered;
    this.embeddings = embeddings;
    this.families = families;
  }

  /** One row for each asset of {@code filtered}: the columns of the catalog and its fate. */
  public Dataset<Row> rows() {
    Dataset<Row> rows = settled();
    for (String family : CatalogTable.familiesIn(catalog.names())) {
      rows = withPooled(rows, family);
    }
    List<Column> columns = new ArrayList<>();
    for (String name : catalog.names()) {
      columns.add(
          name.equals("language")
              ? coalesce(col("language"), col("detected_language")).as("language")
              : col(name));
    }
    columns.add(col(FATE));
    return rows.select(columns.toArray(Column[]::new));
  }

  /** The fate of each asset of {@code filtered}, which costs less than its row. */
  Dataset<Row> fates() {
    return settled().select(FATE);
  }

  private Dataset<Row> settled() {
    Dataset<Row> rows = filtered;
    Column dead = lit(false);
    Column pending = col("unsettled").isNotNull();
    for (String family : CatalogTable.familiesIn(catalog.names())) {
      rows = withVectors(rows, family);
      dead = dead.or(failed(family));
      pending = pending.or(missing(family));
    }
    return rows.join(assetsWithUnsettledParts(), SparkColumns.using("asset_id"), "left")
        .withColumn(FATE, when(dead, DEAD).when(pending, PENDING).otherwise(PUBLISH));
  }

  /** Joins the outcome of a family: vector, encoder and dim, or that there is an error. */
  private Dataset<Row> withVectors(Dataset<Row> rows, String family) {
    FamilyEncoder encoder = families.get(family);
    if (encoder == null) {
      return rows.withColumn(CatalogTable.vector(family), lit(null).cast("array<float>"))
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
            .and(col("modality").isin(encoder.modalities().toArray()));
    return rows.join(outcomes, own, "left");
  }

  /**
   * Joins the mean of the vectors of the parts that an asset consists of; it stands for a text that
   * is longer than the encoder reads, too.
   */
  private Dataset<Row> withPooled(Dataset<Row> rows, String family) {
    String pooling = CatalogTable.pooling(family);
    FamilyEncoder encoder = families.get(family);
    if (!catalog.names().contains(pooling)) { // of a release that was made before there were any
      return rows;
    }
    if (encoder == null || encoder.pooledParts().isEmpty()) {
      return rows.withColumn(pooling, lit(null).cast("string"));
    }
    Column pooled = col("pooled");
    Dataset<Row> joined = rows.join(pooled(encoder), SparkColumns.using("asset_id"), "left");
    Map<String, Column> columns = new LinkedHashMap<>();
    columns.put(pooling, when(pooled.isNotNull(), CatalogTable.MEAN));
    columns.put(CatalogTable.vector(family), coalesce(pooled, col(CatalogTable.vector(family))));
    columns.put(
        CatalogTable.encoder(family),
        when(pooled.isNotNull(), encoder.encoder()).otherwise(col(CatalogTable.encoder(family))));
    columns.put(
        CatalogTable.dim(family),
        when(pooled.isNotNull(), encoder.dim()).otherwise(col(CatalogTable.dim(family))));
    return joined.withColumns(columns).drop("pooled");
  }

  private Dataset<Row> pooled(FamilyEncoder encoder) {
    Column part = struct(col("position"), col("vector"));
    return Segments.of(filtered, encoder.pooledParts().toArray(SegmentRole[]::new))
        .select(
            col("asset_id"),
            Segments.of("input_sha256").as("input_sha256"),
            Segments.of("position").as("position"))
        .join(
            outcomesOf(encoder).where(col("vector").isNotNull()).select("input_sha256", "vector"),
            SparkColumns.using("input_sha256"))
        .groupBy("asset_id")
        .agg(sort_array(collect_list(part)).as("parts"))
        .select(col("asset_id"), MeanVector.of(col("parts.vector")).as("pooled"));
  }

  private Dataset<Row> outcomesOf(FamilyEncoder encoder) {
    return embeddings.where(
        col("encoder").equalTo(encoder.encoder()).and(col("segment").equalTo(Segment.WHOLE)));
  }

  private Column required(String family) {
    return Optional.ofNullable(families.get(family))
        .filter(encoder -> encoder.scope().isRequired())
        .map(encoder -> col("modality").isin(encoder.modalities().toArray()))
        .orElse(lit(false));
  }

  private Column missing(String family) {
    return required(family).and(col(family + "_outcome").isNull());
  }

  private Column failed(String family) {
    return required(family).and(col(family + "_outcome").isNotNull()).and(col(family + "_failed"));
  }

  private Dataset<Row> parts(FamilyEncoder encoder) {
    return Segments.of(filtered, encoder.indexedParts().toArray(SegmentRole[]::new))
        .select(col("asset_id"), Segments.of("input_sha256"));
  }

  /** Those with a caption or passage that is to be found by, and is not embedded yet. */
  private Dataset<Row> assetsWithUnsettledParts() {
    return families.values().stream()
        .filter(encoder -> encoder.scope().isRequired())
        .map(
            encoder ->
                parts(encoder)
                    .join(
                        outcomesOf(encoder).select("input_sha256"),
                        SparkColumns.using("input_sha256"),
                        "left_anti"))
        .reduce(Dataset::unionByName)
        .orElseGet(() -> filtered.select("asset_id").limit(0))
        .select("asset_id")
        .distinct()
        .withColumn("unsettled", lit(true));
  }
}
