// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The families of a release, and whose vectors each has.
 *
 * <p>Publishing needs no model: where a bundle is not at hand, its encoder is the one that the last
 * commit of embed names for it.
 *
 * @param on by family
 * @param off families that are left out, and why
 */
public record ReleaseFamilies(Map<String, FamilyEncoder> on, List<String> off) {
  public ReleaseFamilies {
    on = Map.copyOf(on);
    off = List.copyOf(off);
  }

  /**
   * The families that the settings turn on.
   *
   * @param embedded digests of the encoders that the families' own content was embedded by just
   *     now, by family
   * @throws LakehouseException MODEL_UNAVAILABLE if a family is on and neither its bundle nor any
   *     vector of it can be found
   */
  public static ReleaseFamilies of(
      Settings settings, ModelsRoot models, LakeTables tables, Map<String, String> embedded) {
    FamilySearch search = new FamilySearch(settings, models, tables, embedded);
    Map<String, FamilyEncoder> on = new TreeMap<>();
    FamilySpec.on(settings).forEach(family -> on.put(family.name(), search.encoder(family)));
    return new ReleaseFamilies(on, FamilySpec.off(settings));
  }

  /** Digests of the bundles of the families that are on, by family. */
  public Map<String, String> bundles() {
    Map<String, String> digests = new TreeMap<>();
    on.forEach((family, encoder) -> digests.put(family, encoder.bundleDigest()));
    return digests;
  }
}
