// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.content;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;

import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.content.Segment;
import dev.lakehouse.core.content.SegmentRole;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The parts of assets as rows: whoever measures, embeds or finds parts reads them here, and takes
 * no asset apart by itself.
 */
public final class Segments {
  /**
   * The column that a part is in: {@code segment, role, position, modality, input_sha256, text,
   * blob, blob_uri, size_bytes}, as {@link Segment} describes them. Of a part without a content of
   * its own place only the text is filled.
   */
  public static final String PART = "part";

  /** The column of an asset that its passages are in, as {@code Tables.PASSAGES} has them. */
  public static final String PASSAGES = "passages";

  /** The column of a film that its pictures are in, as {@code Tables.KEYFRAMES} has them. */
  public static final String KEYFRAMES = "keyframes";

  private static final List<String> PLACE = List.of("text", "blob", "blob_uri");

  private Segments() {}

  /**
   * One row for each part of each asset: all of the asset's columns, and {@link #PART}.
   *
   * @param assets rows of {@code assets}, {@code filtered} or {@code catalog}
   */
  public static Dataset<Row> of(Dataset<Row> assets) {
    Column parts = concat(array(own(assets)), transform(col("captions"), Segments::caption));
    List<String> present = List.of(assets.columns());
    if (present.contains(PASSAGES)) {
      parts = concat(parts, orNone(transform(col(PASSAGES), Segments::passage)));
    }
    if (present.contains(KEYFRAMES)) {
      parts = concat(parts, orNone(transform(col(KEYFRAMES), Segments::keyframe)));
    }
    return assets.withColumn(PART, explode(parts));
  }

  private static Column orNone(Column parts) {
    return coalesce(parts, array());
  }

  /** The parts of assets that have one of some roles. */
  public static Dataset<Row> of(Dataset<Row> assets, SegmentRole... roles) {
    Object[] words = List.of(roles).stream().map(SegmentRole::word).toArray();
    return of(assets).where(of("role").isin(words));
  }

  /** A field of the part. */
  public static Column of(String field) {
    return col(PART + "." + field);
  }

  private static Column own(Dataset<Row> assets) {
    List<String> present = List.of(assets.columns());
    Column[] place =
        PLACE.stream()
            .map(name -> present.contains(name) ? col(name) : lit(null).cast("string").as(name))
            .toArray(Column[]::new);
    return part(
        lit(Segment.WHOLE),
        SegmentRole.OWN,
        lit(0),
        col("modality"),
        col("sha256"),
        place,
        present.contains("size_bytes") ? col("size_bytes") : lit(null));
  }

  private static Column caption(Column caption, Column index) {
    Column position = index.plus(1);
    Column name = concat(lit(Segment.CAPTION), position);
    return text(name, SegmentRole.CAPTION, position, caption);
  }

  private static Column passage(Column passage, Column index) {
    return text(passage.getField("segment"), SegmentRole.PASSAGE, index.plus(1), passage);
  }

  private static Column keyframe(Column keyframe, Column index) {
    Column sha256 = keyframe.getField("sha256");
    Column[] place = {
      lit(null).cast("string").as("text"),
      sha256.as("blob"),
      lit(null).cast("string").as("blob_uri")
    };
    return part(
        keyframe.getField("segment"),
        SegmentRole.KEYFRAME,
        index.plus(1),
        lit(Modality.IMAGE.word()),
        sha256,
        place,
        keyframe.getField("size_bytes"));
  }

  /** A part that is a text in the row of its asset. */
  private static Column text(Column name, SegmentRole role, Column position, Column text) {
    Column[] place = {
      text.getField("text").as("text"),
      lit(null).cast("string").as("blob"),
      lit(null).cast("string").as("blob_uri")
    };
    return part(
        name, role, position, lit(Modality.TEXT.word()), text.getField("sha256"), place, lit(null));
  }

  private static Column part(
      Column segment,
      SegmentRole role,
      Column position,
      Column modality,
      Column sha256,
      Column[] place,
      Column size) {
    return struct(
        segment.as("segment"),
        lit(role.word()).as("role"),
        position.cast("int").as("position"),
        modality.as("modality"),
        sha256.as("input_sha256"),
        place[0],
        place[1],
        place[2],
        size.cast("bigint").as("size_bytes"));
  }
}
