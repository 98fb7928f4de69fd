// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.lake.Family;

/**
 * Whose vectors a family's index holds.
 *
 * @param family text or clip
 * @param modality of the assets whose own content it embeds
 * @param encoder digest of the encoder
 * @param dim length of its vectors
 * @param bundle name of the model bundle
 * @param bundleDigest digest of the model bundle
 */
public record FamilyEncoder(
    String family, String modality, String encoder, int dim, String bundle, String bundleDigest) {
  public static final String TEXT = "text";
  public static final String CLIP = "clip";

  public FamilyEncoder {
    requireNonNull(family, "family is null");
    requireNonNull(encoder, "encoder is null");
  }

  /** Whose vectors the index of a release holds. */
  public static FamilyEncoder of(Family index) {
    return new FamilyEncoder(
        index.name(),
        index.name().equals(CLIP) ? "image" : "text",
        index.encoder(),
        index.dim(),
        index.bundle(),
        index.bundleDigest());
  }
}
