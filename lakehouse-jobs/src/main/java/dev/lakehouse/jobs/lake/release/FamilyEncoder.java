// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.content.SegmentRole;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whose vectors a family's index holds.
 *
 * @param family as {@link FamilySpec} has it
 * @param modality of the assets whose own content it embeds, which is the name of the tower; {@code
 *     audio+image} where there are several
 * @param encoder digest of the encoder
 * @param dim length of its vectors
 * @param bundle name of the model bundle
 * @param bundleDigest digest of the model bundle
 */
public record FamilyEncoder(
    String family, String modality, String encoder, int dim, String bundle, String bundleDigest) {
  public FamilyEncoder {
    requireNonNull(family, "family is null");
    requireNonNull(encoder, "encoder is null");
  }

  /** An encoder that is to be a family's own. */
  public static FamilyEncoder of(EncoderSpec spec) {
    return new FamilyEncoder(
        spec.family(),
        spec.towers(),
        spec.encoder(),
        spec.dimension(),
        spec.bundle(),
        spec.bundleDigest());
  }

  /** Of the assets whose own content it embeds; at least one. */
  @JsonIgnore
  public List<String> modalities() {
    return FamilySpec.modalities(modality);
  }

  /** Parts beside the own content that have vectors of this encoder in the index. */
  @JsonIgnore
  public Set<SegmentRole> indexedParts() {
    Set<SegmentRole> roles = EnumSet.copyOf(FamilySpec.roles(modality));
    roles.remove(SegmentRole.OWN);
    return roles;
  }

  /** Parts that make up an asset, so that the mean of their vectors can stand for it. */
  @JsonIgnore
  Set<SegmentRole> pooledParts() {
    Set<SegmentRole> roles = EnumSet.copyOf(FamilySpec.roles(modality));
    roles.retainAll(EnumSet.of(SegmentRole.PASSAGE, SegmentRole.KEYFRAME));
    return roles;
  }

  /** The encoder of a family that embed used last, if it ever did. */
  static Optional<FamilyEncoder> lastOf(String family, LakeTables tables) {
    return tables
        .table(Tables.EMBEDDINGS)
        .history()
        .lastNoteWith(mark(family))
        .flatMap(note -> note.find(mark(family)))
        .map(FamilyEncoder::fromJson);
  }

  /** Whose vectors the index of a release holds. */
  public static FamilyEncoder of(Family index) {
    return new FamilyEncoder(
        index.name(),
        index.tower(),
        index.encoder(),
        index.dim(),
        index.bundle(),
        index.bundleDigest());
  }

  /** The mark under which a commit to {@code embeddings} names a family's encoder. */
  public static String mark(String family) {
    return "encoder." + family;
  }

  /** One line of JSON, as a commit's mark holds it. */
  public String toJson() {
    return Json.line(this);
  }

  /** The encoder that a commit's mark holds. */
  public static FamilyEncoder fromJson(String line) {
    try {
      return Json.mapper().readValue(line, FamilyEncoder.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not an encoder's mark: " + line, e);
    }
  }
}
