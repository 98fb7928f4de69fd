// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.batch.BatchShape;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.LoadedTower;
import dev.lakehouse.core.codec.Limits;
import java.io.Serializable;
import java.util.List;

/**
 * What towers of one name are given, and how that is made of content. Plain and equal to others of
 * its kind, so that a task can carry it.
 */
public interface TowerKind extends Serializable {

  /** Name of its towers in bundles, which is that of the modality that they take. */
  String tower();

  /** Changes when the same content would become other numbers; part of the encoder's name. */
  String steps();

  /** Prepares items for a tower. */
  Preparation<?> preparation(LoadedTower loaded, Limits limits);

  /** Items of a batch that a core is fastest with. */
  int itemsOnCpu();

  /** Whether all items have one length, so that there is nothing to sort. */
  boolean isUniform();

  /** Items to try a tower on, from small to large; the same for the same count. */
  List<EmbedInput> samples(int count);

  /** The most that a tower is given at once. */
  List<EmbedInput> largest(Tower tower, BatchShape shape);
}
