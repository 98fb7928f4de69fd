// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.manifest;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Place;

/** What rows mean where they name content that is elsewhere. */
public interface References {

  /** Makes them for a manifest that was found. */
  interface Maker {
    References of(Manifest manifest);
  }

  /**
   * The content that a row names.
   *
   * @param written as the row has it
   * @param field that has it
   * @param place of the row
   * @throws ItemException if it cannot mean anything that may be read
   */
  Offer offer(String written, String field, Place place) throws ItemException;

  /** The key of what is named, where the row has no id. */
  String key(String uri);

  /** In a few words, for people: what names are. */
  String words();
}
