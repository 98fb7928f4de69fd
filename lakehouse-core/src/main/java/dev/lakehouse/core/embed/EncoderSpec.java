// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.bundle.description.JointTowers;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.LoadedTower;
import dev.lakehouse.core.bundle.engine.Pooled;
import dev.lakehouse.core.codec.Limits;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Names an encoder and says where its model is. Plain, so that a task can carry it to wherever the
 * encoder is then leased.
 *
 * @param family whose vectors it makes
 * @param bundle name of the model bundle
 * @param bundleDigest digest of the model bundle
 * @param models where bundles are
 * @param kind what its tower is given
 * @param towers those that go by the same encoder, as {@link JointTowers} names them
 * @param precision of the tower's networks, the one that is run
 * @param network digest of that network
 * @param encoder the encoder's digest: everything that decides a vector
 * @param dimension length of every vector
 * @param limits what an image may not exceed
 */
public record EncoderSpec(
    String family,
    String bundle,
    String bundleDigest,
    ModelsRoot models,
    TowerKind kind,
    String towers,
    Precision precision,
    String network,
    String encoder,
    int dimension,
    Limits limits)
    implements Serializable {

  public EncoderSpec {
    requireNonNull(family, "family is null");
    requireNonNull(bundle, "bundle is null");
    requireNonNull(bundleDigest, "bundleDigest is null");
    requireNonNull(models, "models is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(towers, "towers is null");
    requireNonNull(precision, "precision is null");
    requireNonNull(network, "network is null");
    requireNonNull(encoder, "encoder is null");
    requireNonNull(limits, "limits is null");
  }

  /**
   * The encoder of a tower of a bundle in a precision.
   *
   * @param joint the kinds of all towers that go by one name with it, in the order of their names;
   *     they are one encoder, since their vectors stand in one index
   * @throws dev.lakehouse.core.LakehouseException if the tower has no network of it
   */
  public static EncoderSpec of(
      ModelBundle bundle,
      ModelsRoot models,
      TowerKind kind,
      List<TowerKind> joint,
      Precision precision,
      Limits limits) {
    Tower chosen = bundle.tower(kind.tower(), precision);
    return new EncoderSpec(
        bundle.family(),
        bundle.name(),
        bundle.digest(),
        models,
        kind,
        bundle.joined(kind.tower()),
        chosen.graph().precision(),
        chosen.graph().networkDigest(),
        digest(bundle, joint, precision),
        bundle.dimension(),
        limits);
  }

  /** The same for another family; its vectors are the same. */
  public EncoderSpec inFamily(FamilySpec other) {
    return new EncoderSpec(
        other.name(),
        bundle,
        bundleDigest,
        models,
        kind,
        towers,
        precision,
        network,
        encoder,
        dimension,
        limits);
  }

  /** Name of the tower. */
  public String tower() {
    return kind.tower();
  }

  private static String digest(ModelBundle bundle, List<TowerKind> joint, Precision precision) {
    List<String> digests =
        joint.stream()
            .map(each -> digest(bundle, bundle.tower(each.tower(), precision), each))
            .toList();
    if (digests.size() == 1) {
      return digests.get(0);
    }
    List<String> parts = new ArrayList<>(List.of("joint@1"));
    parts.addAll(digests);
    return Digests.ofParts(parts);
  }

  private static String digest(ModelBundle bundle, Tower tower, TowerKind kind) {
    List<String> parts =
        new ArrayList<>(
            List.of(
                "encoder@1",
                bundle.digest(),
                tower.name(),
                kind.steps(),
                Pooled.STEPS,
                tower.graph().precision().word(),
                LoadedTower.runtime(tower.graph())));
    if (tower.graph().precision() != bundle.tower(tower.name()).graph().precision()) {
      parts.add(tower.graph().networkDigest()); // the bundle's digest names its own networks alone
    }
    return Digests.ofParts(parts);
  }
}
