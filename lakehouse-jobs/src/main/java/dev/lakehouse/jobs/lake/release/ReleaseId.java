// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.embed.FamilyScope;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What the id of a release is the digest of. */
public final class ReleaseId {
  private static final String RULE = "release 2";

  private ReleaseId() {}

  /**
   * The parts of a release that is to be made: the lake, the commits and models that it is made
   * from, the judgement, and the release before.
   */
  static List<String> parts(ReleaseInputs inputs) {
    List<String> parts = new ArrayList<>();
    parts.add(RULE);
    parts.add(lake(inputs.madeIn().lake()));
    parts.add(filtered(inputs.filteredVersion()) + inputs.madeIn().filteredCommit());
    parts.add(embeddings(inputs.embeddingsVersion()) + inputs.madeIn().embeddingsCommit());
    parts.add(judgement(inputs.judgementId()));
    parts.add(policy(inputs.policyDigest()));
    parts.add(parent(inputs.parent().map(Release::id)));
    new TreeMap<>(inputs.families())
        .forEach(
            (family, encoder) -> {
              parts.add(encoder(family, encoder.encoder()));
              scope(family, encoder.modality(), encoder.scope()).ifPresent(parts::add);
            });
    parts.add("occasion=" + inputs.occasion());
    return parts;
  }

  /** What a row tells of the parts; of tables their version without the commit, as a beginning. */
  public static List<String> parts(Release release) {
    List<String> parts = new ArrayList<>();
    parts.add(filtered(release.filteredVersion()));
    parts.add(embeddings(release.embeddingsVersion()));
    parts.add(judgement(release.judgementId()));
    parts.add(policy(release.policyDigest()));
    parts.add(parent(release.parent()));
    for (Family family : release.families()) {
      parts.add(encoder(family.name(), family.encoder()));
      scope(family.name(), family.tower(), family.scope()).ifPresent(parts::add);
    }
    return parts;
  }

  /** The lake as a part. */
  public static String lake(String identity) {
    return "lake=" + identity;
  }

  private static String filtered(long version) {
    return "filtered=%d ".formatted(version);
  }

  private static String embeddings(long version) {
    return "embeddings=%d ".formatted(version);
  }

  private static String judgement(String id) {
    return "judgement=" + id;
  }

  private static String policy(String digest) {
    return "policy=" + digest;
  }

  private static String parent(Optional<String> id) {
    return "parent=" + id.orElse("");
  }

  private static String encoder(String family, String encoder) {
    return "%s=%s".formatted(family, encoder);
  }

  /**
   * What a family takes, where that is not everything; so ids are those of before it could be less.
   */
  private static Optional<String> scope(String family, String towers, FamilyScope scope) {
    return Optional.of("%s takes %s".formatted(family, scope))
        .filter(part -> !scope.equals(FamilyScope.whole(towers)));
  }

  /**
   * The id that a release should have that was made when ids told of versions alone; empty where it
   * has that id, or its row does not name every family that it was made of.
   *
   * @param anew the run that asked for the release although it said nothing new, if one did
   */
  public static Optional<String> otherThanFormer(Release release, Optional<String> anew) {
    if (release.familiesOff().stream().anyMatch(off -> off.endsWith(ReleaseInputs.NO_ROWS))) {
      return Optional.empty();
    }
    List<String> occasions = new ArrayList<>(List.of("", "rebuild of " + (release.sequence() - 1)));
    anew.ifPresent(occasions::add);
    boolean has = occasions.stream().anyMatch(each -> former(release, each).equals(release.id()));
    return has ? Optional.empty() : Optional.of(former(release, anew.orElse("")));
  }

  private static String former(Release release, String occasion) {
    List<String> parts = new ArrayList<>();
    parts.add("filtered=" + release.filteredVersion());
    parts.add("embeddings=" + release.embeddingsVersion());
    release.families().stream()
        .map(family -> encoder(family.name(), family.encoder()))
        .sorted()
        .forEach(parts::add);
    parts.add(policy(release.policyDigest()));
    parts.add(parent(release.parent()));
    parts.add(occasion);
    return Digests.ofParts(parts);
  }
}
