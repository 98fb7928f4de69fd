// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.lake.Release;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Everything that a release is made of.
 *
 * @param filteredVersion version of what passed
 * @param embeddingsVersion version of the vectors
 * @param judgementId judgement of that version of {@code filtered}
 * @param policyDigest policy of that judgement
 * @param families whose vectors it holds, by family
 * @param familiesOff families that it leaves out, and why
 * @param parent the release that it follows
 * @param occasion what else makes it unlike another; empty unless it is a rebuild or damage was
 *     mended
 * @param madeIn what the versions are versions of
 */
record ReleaseInputs(
    long filteredVersion,
    long embeddingsVersion,
    String judgementId,
    String policyDigest,
    Map<String, FamilyEncoder> families,
    List<String> familiesOff,
    Optional<Release> parent,
    String occasion,
    MadeIn madeIn) {
  static final String NO_ROWS = ": nothing to index";

  ReleaseInputs {
    families = Map.copyOf(families);
    familiesOff = List.copyOf(familiesOff);
  }

  /** How a release says that a family has nothing in it. */
  static String withoutRows(String family) {
    return family + NO_ROWS;
  }

  /** The id of the release: equal inputs make equal releases. */
  String releaseId() {
    return Digests.ofParts(ReleaseId.parts(this));
  }

  /** Whether a release was made of the same. */
  boolean sameAs(Release release) {
    return filteredVersion == release.filteredVersion()
        && embeddingsVersion == release.embeddingsVersion()
        && policyDigest.equals(release.policyDigest())
        && sameFamilies(release);
  }

  /** Whether a release has the same families with the same encoders, of the same parts. */
  boolean sameFamilies(Release release) {
    Map<String, List<Object>> released = new TreeMap<>();
    release
        .families()
        .forEach(family -> released.put(family.name(), List.of(family.encoder(), family.scope())));
    Map<String, List<Object>> wanted = new TreeMap<>();
    families.forEach(
        (family, encoder) -> wanted.put(family, List.of(encoder.encoder(), encoder.scope())));
    wanted.keySet().removeIf(family -> release.familiesOff().contains(withoutRows(family)));
    return wanted.equals(released);
  }
}
