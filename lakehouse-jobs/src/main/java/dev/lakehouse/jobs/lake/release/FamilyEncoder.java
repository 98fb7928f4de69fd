// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.content.SegmentRole;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.FamilyScope;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whose vectors a family's index holds, and of which parts of assets.
 *
 * @param family as {@link FamilySpec} has it
 * @param modality of the assets whose own content it embeds, which is the name of the tower; {@code
 *     audio+image} where there are several
 * @param encoder digest of the encoder
 * @param dim length of its vectors
 * @param bundle name of the model bundle
 * @param bundleDigest digest of the model bundle
 * @param scope which parts of assets are in the index; a commit's mark does not tell it
 */
public record FamilyEncoder(
    String family,
    String modality,
    String encoder,
    int dim,
    String bundle,
    String bundleDigest,
    @JsonIgnore FamilyScope scope) {
  public FamilyEncoder {
    requireNonNull(family, "family is null");
    requireNonNull(encoder, "encoder is null");
    requireNonNull(scope, "scope is null");
  }

  /** An encoder of everything that its towers can take, for which assets wait. */
  @JsonCreator
  public static FamilyEncoder ofAll(
      @JsonProperty("family") String family,
      @JsonProperty("modality") String modality,
      @JsonProperty("encoder") String encoder,
      @JsonProperty("dim") int dim,
      @JsonProperty("bundle") String bundle,
      @JsonProperty("bundleDigest") String bundleDigest) {
    return new FamilyEncoder(
        family, modality, encoder, dim, bundle, bundleDigest, FamilyScope.whole(modality));
  }

  /** An encoder that is to be a family's own. */
  public static FamilyEncoder of(EncoderSpec spec, FamilySpec family) {
    return ofAll(
            spec.family(),
            spec.towers(),
            spec.encoder(),
            spec.dimension(),
            spec.bundle(),
            spec.bundleDigest())
        .within(family);
  }

  /** The same with what settings say of the family. */
  FamilyEncoder within(FamilySpec spec) {
    return new FamilyEncoder(
        family, modality, encoder, dim, bundle, bundleDigest, spec.scope(modality));
  }

  /** Of the assets whose own content it embeds; none where it takes but other parts. */
  @JsonIgnore
  public List<String> modalities() {
    return scope.takesOwn() ? FamilySpec.modalities(modality) : List.of();
  }

  /** Parts beside the own content that have vectors of this encoder in the index. */
  @JsonIgnore
  public Set<SegmentRole> indexedParts() {
    return scope.beside();
  }

  /** Parts that make up an asset, so that the mean of their vectors can stand for it. */
  @JsonIgnore
  Set<SegmentRole> pooledParts() {
    return scope.pooled();
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
        index.bundleDigest(),
        index.scope());
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
