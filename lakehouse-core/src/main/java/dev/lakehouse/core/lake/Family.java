// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.embed.FamilyScope;
import dev.lakehouse.core.embed.FamilySpec;
import java.util.List;
import java.util.Optional;

/**
 * One index of a release: which version of which dataset, and whose vectors are in it.
 *
 * @param name as {@link FamilySpec} has it
 * @param tower of the bundle, whose vectors these are; {@code audio+image} where there are several
 * @param encoder digest of the encoder of every vector
 * @param bundle name of the model bundle
 * @param bundleDigest digest of the model bundle
 * @param dim length of every vector
 * @param path of the Lance dataset, below the index root
 * @param lanceVersion version of the dataset that the release names, indexes included
 * @param lanceTag tag that keeps the version from being cleaned
 * @param rows segments in that version
 * @param scope which parts of assets it holds
 * @param recall how much of what is near it finds; empty in a release of before that was measured
 */
public record Family(
    String name,
    String tower,
    String encoder,
    String bundle,
    String bundleDigest,
    int dim,
    String path,
    long lanceVersion,
    String lanceTag,
    long rows,
    FamilyScope scope,
    Optional<IndexRecall> recall) {
  public Family {
    requireNonNull(name, "name is null");
    requireNonNull(tower, "tower is null");
    requireNonNull(encoder, "encoder is null");
    requireNonNull(bundle, "bundle is null");
    requireNonNull(bundleDigest, "bundleDigest is null");
    requireNonNull(path, "path is null");
    requireNonNull(lanceTag, "lanceTag is null");
    requireNonNull(scope, "scope is null");
  }

  /**
   * Of the assets whose own content it can take, which are the names of its towers; at least one.
   */
  public List<String> modalities() {
    return FamilySpec.modalities(tower);
  }

  /** The family as a struct of {@code Tables.FAMILIES}. */
  Object[] toStruct() {
    return new Object[] {
      name, encoder, bundle, bundleDigest, dim, path, lanceVersion, lanceTag, rows
    };
  }

  /**
   * The family that a struct of {@code Tables.FAMILIES} holds.
   *
   * @param tower empty where the release did not name it, when there were but two families
   * @param parts empty where the release did not name them, when each had all
   * @param need empty as well
   * @param recall empty where the release did not measure it
   */
  static Family fromStruct(
      Object[] struct,
      Optional<String> tower,
      Optional<String> parts,
      Optional<String> need,
      Optional<IndexRecall> recall) {
    String name = (String) struct[0];
    String towers = tower.orElse(name.equals(FamilySpec.CLIP) ? Tower.IMAGE : Tower.TEXT);
    return new Family(
        name,
        towers,
        (String) struct[1],
        (String) struct[2],
        (String) struct[3],
        (Integer) struct[4],
        (String) struct[5],
        (Long) struct[6],
        (String) struct[7],
        (Long) struct[8],
        FamilyScope.told(towers, parts, need),
        recall);
  }
}
