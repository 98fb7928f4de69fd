// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import dev.lakehouse.core.embed.FamilyScope;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.core.lake.LakeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whose vectors a lake is about to publish, as far as that can be told without a model.
 *
 * @param on by family
 * @param off families that are left out, and why
 */
public record FamiliesInUse(Map<String, Encoder> on, List<String> off) {

  /**
   * The encoder of a family's own content.
   *
   * @param family as settings name it
   * @param tower that embeds it, which is the modality of the assets whose own content it is;
   *     {@code audio+image} where there are several
   * @param bundle name of the model bundle
   * @param encoder digest
   * @param scope which parts of assets are in its index
   */
  public record Encoder(
      String family, String tower, String bundle, String encoder, FamilyScope scope) {
    /** Whether the index holds the own content of an asset of a modality. */
    boolean takes(String modality) {
      return scope.takesOwn() && FamilySpec.modalities(tower).contains(modality);
    }
  }

  public FamiliesInUse {
    on = Map.copyOf(on);
    off = List.copyOf(off);
  }

  /** The families that some settings turn on, in a lake as it is. */
  public static FamiliesInUse of(LakeReader lake, EncoderSearch search) {
    Map<String, Encoder> on = new TreeMap<>();
    List<String> off = new ArrayList<>(FamilySpec.off(search.settings()));
    for (FamilySpec family : FamilySpec.on(search.settings())) {
      search
          .find(lake, family)
          .ifPresentOrElse(
              encoder -> on.put(family.name(), encoder),
              () -> off.add("%s: %s".formatted(family.name(), search.whyNot(family.bundle()))));
    }
    return new FamiliesInUse(on, off);
  }

  /** The encoder of a family, if it is on. */
  Optional<Encoder> of(String family) {
    return Optional.ofNullable(on.get(family));
  }

  /** Digests of their encoders. */
  Set<String> encoders() {
    return on.values().stream().map(Encoder::encoder).collect(Collectors.toSet());
  }

  /** The encoders by family and what their indexes hold, as a release names them. */
  Map<String, String> byFamily() {
    Map<String, String> encoders = new TreeMap<>();
    on.forEach((family, each) -> encoders.put(family, each.encoder() + " " + each.scope()));
    return encoders;
  }
}
