// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import java.util.Locale;

/**
 * Where an item stands: exactly one of these, so that the counts over states are what was seen.
 *
 * <p>Published is what the current release serves, whatever a later judgement says of it. Of the
 * others the first that matches counts, in this order.
 */
public enum ItemState {
  /** It could not be taken, measured or embedded. */
  DEAD_LETTER,
  /** Its newest verdict fails it. */
  FAILED,
  /** Its newest verdict keeps another in its place. */
  DUPLICATE,
  /** A reviewer decides. */
  REVIEW,
  /** Something is still to be done: measuring, judging, embedding or publishing. */
  PENDING,
  /** The current release serves it. */
  PUBLISHED;

  /** As tables and JSON spell it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
