// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.jobs.embed.EncoderScope;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.udfs.SparkColumns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which of the encoders of a family's own content, one for each precision, a lake has vectors of.
 *
 * @param tables of the lake
 */
public record VectorsInLake(LakeTables tables) {

  /**
   * The encoder that has most of what passed; of several that have as much, the one that embed used
   * last, and else the first.
   *
   * @param encoders of one tower of one bundle
   * @return empty where the lake has no vector of any
   */
  public Optional<EncoderSpec> most(List<EncoderSpec> encoders) {
    Map<String, Long> counts = counts(encoders);
    long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
    List<EncoderSpec> best =
        encoders.stream()
            .filter(spec -> most > 0 && counts.getOrDefault(spec.encoder(), 0L) == most)
            .toList();
    Optional<String> last = best.size() > 1 ? last(best.get(0).family()) : Optional.empty();
    return best.stream()
        .filter(spec -> last.filter(spec.encoder()::equals).isPresent())
        .findFirst()
        .or(() -> best.stream().findFirst());
  }

  private Map<String, Long> counts(List<EncoderSpec> encoders) {
    Dataset<Row> passed = tables.table(Tables.FILTERED).rows();
    String towers = encoders.get(0).towers();
    Dataset<Row> inputs =
        FamilySpec.modalities(towers).stream()
            .map(tower -> new EncoderScope(tower, FamilySpec.roles(tower, towers)).of(passed))
            .reduce(Dataset::unionByName)
            .orElseThrow();
    Object[] digests = encoders.stream().map(EncoderSpec::encoder).toArray();
    Map<String, Long> counts = new HashMap<>();
    tables
        .table(Tables.EMBEDDINGS)
        .rows()
        .where(col("encoder").isin(digests).and(col("vector").isNotNull()))
        .join(inputs, SparkColumns.using("input_sha256"), "left_semi")
        .groupBy("encoder")
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  private Optional<String> last(String family) {
    return FamilyEncoder.lastOf(family, tables).map(FamilyEncoder::encoder);
  }
}
