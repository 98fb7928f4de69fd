// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.bundle.Bundles;
import dev.lakehouse.core.bundle.ImageTower;
import dev.lakehouse.core.bundle.LoadedTower;
import dev.lakehouse.core.bundle.ModelBundle;
import dev.lakehouse.core.bundle.ModelsRoot;
import dev.lakehouse.core.bundle.Pooled;
import dev.lakehouse.core.bundle.Precision;
import dev.lakehouse.core.bundle.Tower;
import dev.lakehouse.core.codec.Limits;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Names an encoder and says where its model is. Plain, so that a task can carry it to wherever the
 * encoder is then leased.
 *
 * @param family text or clip
 * @param bundle name of the model bundle
 * @param bundleDigest digest of the model bundle
 * @param models where bundles are
 * @param tower image or text
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
    String tower,
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
    requireNonNull(tower, "tower is null");
    requireNonNull(precision, "precision is null");
    requireNonNull(network, "network is null");
    requireNonNull(encoder, "encoder is null");
    requireNonNull(limits, "limits is null");
  }

  /**
   * The encoder of a tower of a bundle by name; reads the bundle's {@code model.yaml} and loads
   * nothing.
   *
   * @param tower {@link Tower#IMAGE} or {@link Tower#TEXT}
   */
  public static EncoderSpec of(String bundle, ModelsRoot models, String tower, Limits limits) {
    return of(Bundles.resolve(bundle, models), models, tower, limits);
  }

  /** The encoder of a tower of a bundle, with the tower's own network. */
  public static EncoderSpec of(ModelBundle bundle, ModelsRoot models, String tower, Limits limits) {
    return of(bundle, models, tower, bundle.tower(tower).graph().precision(), limits);
  }

  /**
   * The encoder of a tower of a bundle in a precision.
   *
   * @throws dev.lakehouse.core.LakehouseException if the tower has no network of it
   */
  public static EncoderSpec of(
      ModelBundle bundle, ModelsRoot models, String tower, Precision precision, Limits limits) {
    Tower chosen = bundle.tower(tower, precision);
    return new EncoderSpec(
        bundle.family(),
        bundle.name(),
        bundle.digest(),
        models,
        tower,
        precision,
        chosen.graph().networkDigest(),
        digest(bundle, chosen),
        bundle.dimension(),
        limits);
  }

  /** The encoders of a tower, one for each of its networks; its own first. */
  public static List<EncoderSpec> all(
      ModelBundle bundle, ModelsRoot models, String tower, Limits limits) {
    return bundle.tower(tower).graph().precisions().stream()
        .map(precision -> of(bundle, models, tower, precision, limits))
        .toList();
  }

  private static String digest(ModelBundle bundle, Tower tower) {
    String signal = tower instanceof ImageTower ? PixelTensor.STEPS : TokenBatch.STEPS;
    List<String> parts =
        new ArrayList<>(
            List.of(
                "encoder@1",
                bundle.digest(),
                tower.name(),
                signal,
                Pooled.STEPS,
                tower.graph().precision().word(),
                LoadedTower.runtime(tower.graph())));
    if (tower.graph().precision() != bundle.tower(tower.name()).graph().precision()) {
      parts.add(tower.graph().networkDigest()); // the bundle's digest names its own networks alone
    }
    return Digests.ofParts(parts);
  }
}
