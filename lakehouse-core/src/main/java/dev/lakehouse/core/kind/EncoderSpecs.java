// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind;

import dev.lakehouse.core.bundle.description.JointTowers;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.TowerKind;
import java.util.List;

/** Names encoders of the kinds that there are; loads nothing. */
public final class EncoderSpecs {
  private EncoderSpecs() {}

  /**
   * The encoder of a tower of a bundle by name; reads the bundle's {@code model.yaml}.
   *
   * @param tower name of the tower
   */
  public static EncoderSpec of(String bundle, ModelsRoot models, String tower, Limits limits) {
    return of(Bundles.resolve(bundle, models), models, tower, limits);
  }

  /** The encoder of a tower of a bundle, with the bundle's own network. */
  public static EncoderSpec of(ModelBundle bundle, ModelsRoot models, String tower, Limits limits) {
    return of(bundle, models, tower, bundle.precisions(tower).get(0), limits);
  }

  /**
   * The encoder of a tower of a bundle in a precision.
   *
   * @throws dev.lakehouse.core.LakehouseException if the tower has no network of it
   */
  public static EncoderSpec of(
      ModelBundle bundle, ModelsRoot models, String tower, Precision precision, Limits limits) {
    List<TowerKind> joint =
        JointTowers.in(bundle.joined(tower)).stream().map(Kinds::tower).toList();
    return EncoderSpec.of(bundle, models, Kinds.tower(tower), joint, precision, limits);
  }

  /** The encoders of a tower, one for each precision that it can be run in; its own first. */
  public static List<EncoderSpec> all(
      ModelBundle bundle, ModelsRoot models, String tower, Limits limits) {
    return bundle.precisions(tower).stream()
        .map(precision -> of(bundle, models, tower, precision, limits))
        .toList();
  }
}
