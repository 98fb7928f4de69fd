// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.derive;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.Opened;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Takes pieces out of contents of one modality. It keeps nothing between two contents, so that a
 * task can carry it.
 */
public interface Deriver extends Serializable {

  /**
   * Name and version, {@code text-passages@2}, with the settings that make it derive otherwise:
   * under another name every content is derived anew.
   */
  String name();

  /** Of what it reads, as tables have it. */
  String modality();

  /**
   * The pieces of a content in the order in which it has them; none where there is nothing to be
   * found by in it, or where the whole is found as well.
   *
   * @throws ItemException if the content cannot be read
   */
  List<? extends Piece> pieces(Opened content, Limits limits) throws ItemException;

  /** How much longer than others a content of it may take. */
  default Duration patience(Limits limits) {
    return Duration.ZERO;
  }
}
