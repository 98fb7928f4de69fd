// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.Opened;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Measures content of one modality. It keeps nothing between two contents, so that a task can carry
 * it.
 */
public interface Probe extends Serializable {

  /** Name and version, {@code image@2}: another version measures every content anew. */
  String name();

  /** The versions before, whose figures count until a content is measured anew. */
  List<String> before();

  /** Of what it measures, as tables have it. */
  String modality();

  /** Its own figures, all of which a row may leave empty. */
  List<Column> columns();

  /** How much a content holds, as SQL over its figures; the larger of two copies is kept. */
  String amount();

  /** How much longer than others a content of it may take, which children see to themselves. */
  default Duration patience(Limits limits) {
    return Duration.ZERO;
  }

  /**
   * Measures one content, decoding it to its end.
   *
   * @param figures where they go; {@code warnings}, which all probes share, are among them
   * @throws ItemException if the content cannot be measured
   */
  void measure(Opened content, Limits limits, Values figures) throws ItemException;
}
