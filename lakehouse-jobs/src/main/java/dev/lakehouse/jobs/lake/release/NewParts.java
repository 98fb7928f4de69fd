// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.core.content.Segment;
import dev.lakehouse.core.content.SegmentRole;
import dev.lakehouse.jobs.content.Segments;
import dev.lakehouse.jobs.lake.delta.LakeTable;
import dev.lakehouse.udfs.SparkColumns;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Parts of published assets that got their vector after a release was made: an index is to have
 * them, although no row of the catalog says anything new. In a family that is required, assets wait
 * for their vectors; there it is what could not be embedded then, such as one caption of several.
 */
final class NewParts {
  private final LakeTable embeddings;
  private final long since;
  private final long now;
  private final Map<String, Boolean> failures = new HashMap<>();

  /**
   * @param embeddings the table of vectors
   * @param since version of it that the release was made of
   * @param now version that the next is made of
   */
  NewParts(LakeTable embeddings, long since, long now) {
    this.embeddings = embeddings;
    this.since = since;
    this.now = now;
  }

  /** Whether there is any in a family, of assets that a catalog holds. */
  boolean areIn(Dataset<Row> catalog, FamilyEncoder family) {
    return mayBeIn(family) && !assets(catalog, family).isEmpty();
  }

  /** Whether there can be any in a family. */
  boolean mayBeIn(FamilyEncoder family) {
    return since != now
        && !family.indexedParts().isEmpty()
        && (!family.scope().isRequired() || failures.computeIfAbsent(family.encoder(), this::had));
  }

  /** Whether there was anything that an encoder could not embed. */
  private boolean had(String encoder) {
    return !embeddings
        .rowsAt(since)
        .where(col("encoder").equalTo(encoder).and(col("error_code").isNotNull()))
        .isEmpty();
  }

  /** The assets of a catalog that have some in a family: {@code asset_id}, each once. */
  Dataset<Row> assets(Dataset<Row> catalog, FamilyEncoder family) {
    if (!mayBeIn(family)) {
      return catalog.select("asset_id").limit(0);
    }
    Dataset<Row> before = inputs(embeddings.rowsAt(since), family);
    Dataset<Row> added =
        inputs(embeddings.rowsAt(now), family)
            .join(before, SparkColumns.using("input_sha256"), "left_anti");
    return Segments.of(catalog, family.indexedParts().toArray(SegmentRole[]::new))
        .select(col("asset_id"), Segments.of("input_sha256"))
        .join(added, SparkColumns.using("input_sha256"), "left_semi")
        .select("asset_id")
        .distinct();
  }

  private static Dataset<Row> inputs(Dataset<Row> embeddings, FamilyEncoder family) {
    return embeddings
        .where(
            col("encoder")
                .equalTo(family.encoder())
                .and(col("segment").equalTo(Segment.WHOLE))
                .and(col("error_code").isNull()))
        .select("input_sha256");
  }
}
