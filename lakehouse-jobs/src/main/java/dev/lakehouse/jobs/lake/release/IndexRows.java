// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.content.Segment;
import dev.lakehouse.core.content.SegmentRole;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.jobs.content.Segments;
import dev.lakehouse.jobs.lake.delta.RowComparison;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * The rows of a family's index, derived from a catalog.
 *
 * <p>An asset with a vector of the family is a row of its own, unless that is the mean of the
 * vectors of its parts: these are rows then. In family {@code text} each caption of an image and
 * each passage of a text or document that has a vector is a row too, so that a text query finds
 * what it belongs to; never in family {@code clip}, where captions would rank above every image.
 */
public final class IndexRows {
  /** Columns of the catalog that say nothing about its rows in an index. */
  private static final Set<String> ELSEWHERE =
      Set.of("judgement_id", "policy_digest", "verdict_status", "facts", "warnings", "trace_id");

  private static final UserDefinedFunction EXCERPT =
      udf((UDF1<String, String>) IndexRows::excerpt, DataTypes.StringType);

  /** Stands between the parts of a text on their way to {@link IndexColumns#words}. */
  private static final String BETWEEN = "\u2029";

  private static final UserDefinedFunction WORDS =
      udf((UDF1<String, String>) IndexRows::words, DataTypes.StringType);

  private final FamilyEncoder family;
  private final Dataset<Row> embeddings;

  /**
   * Rows of one family.
   *
   * @param embeddings every vector, of which those of captions are taken
   */
  public IndexRows(FamilyEncoder family, Dataset<Row> embeddings) {
    this.family = family;
    this.embeddings = embeddings;
  }

  /** Rows of {@link IndexColumns#TABLE} from rows of the catalog. */
  public Dataset<Row> of(Dataset<Row> catalog) {
    Dataset<Row> own = wholes(catalog);
    return family.indexedParts().isEmpty() ? own : own.unionByName(parts(catalog));
  }

  /** Which differences between two versions of a catalog row make its index rows differ. */
  RowComparison comparison(Table catalog) {
    Set<String> ignored = new HashSet<>(ELSEWHERE);
    CatalogTable.familiesIn(catalog.names()).stream()
        .filter(other -> !other.equals(family.family()))
        .forEach(other -> ignored.addAll(CatalogTable.names(other)));
    return new RowComparison(catalog, ignored);
  }

  private Dataset<Row> wholes(Dataset<Row> catalog) {
    String vector = CatalogTable.vector(family.family());
    String pooling = CatalogTable.pooling(family.family());
    return select(
        catalog.where(col(vector).isNotNull().and(col(pooling).isNull())),
        lit(Segment.WHOLE),
        col(vector),
        // an image speaks through its first caption
        EXCERPT.apply(coalesce(col("text"), get(col("captions.text"), lit(0)))),
        WORDS.apply(concat_ws(BETWEEN, wordsOfItsOwn(catalog))),
        col("sha256"));
  }

  /** The title, and what no other row of this index speaks for. */
  private Column[] wordsOfItsOwn(Dataset<Row> catalog) {
    List<Column> own = new ArrayList<>(List.of(col("title")));
    boolean hasPassages = List.of(catalog.columns()).contains(Segments.PASSAGES);
    own.add(
        hasPassages && family.indexedParts().contains(SegmentRole.PASSAGE)
            ? when(coalesce(size(col(Segments.PASSAGES)), lit(0)).leq(0), col("text"))
            : col("text"));
    if (!family.indexedParts().contains(SegmentRole.CAPTION)) {
      own.add(col("captions.text"));
    }
    return own.toArray(Column[]::new);
  }

  private Dataset<Row> parts(Dataset<Row> catalog) {
    Dataset<Row> vectors =
        embeddings
            .where(
                col("encoder")
                    .equalTo(family.encoder())
                    .and(col("segment").equalTo(Segment.WHOLE))
                    .and(col("vector").isNotNull()))
            .select(col("input_sha256"), col("vector"));
    Dataset<Row> parts =
        Segments.of(catalog, family.indexedParts().toArray(SegmentRole[]::new))
            .join(vectors, Segments.of("input_sha256").equalTo(vectors.col("input_sha256")));
    return select(
        parts,
        Segments.of("segment"),
        vectors.col("vector"),
        EXCERPT.apply(Segments.of("text")),
        WORDS.apply(Segments.of("text")),
        vectors.col("input_sha256"));
  }

  private static Dataset<Row> select(
      Dataset<Row> rows,
      Column segment,
      Column vector,
      Column excerpt,
      Column words,
      Column input) {
    return rows.select(
        col("asset_id"),
        segment.as(IndexColumns.SEGMENT),
        vector.as(IndexColumns.VECTOR),
        col("title"),
        excerpt.as(IndexColumns.EXCERPT),
        col("source_uri").as(IndexColumns.URI),
        col("modality"),
        col("media_type"),
        col("language"),
        col("licence"),
        col("source"),
        col("group_id"),
        col("width"),
        col("height"),
        col("sha256"),
        input.as(IndexColumns.INPUT_SHA256),
        words.as(IndexColumns.WORDS));
  }

  @SuppressWarnings("NullAway") // Spark's columns know null, and it means "no text" on both sides
  private static String excerpt(String text) {
    return text == null ? null : IndexColumns.excerpt(text);
  }

  @SuppressWarnings("NullAway") // as above
  private static String words(String parts) {
    return parts == null ? null : IndexColumns.words(List.of(parts.split(BETWEEN))).orElse(null);
  }
}
