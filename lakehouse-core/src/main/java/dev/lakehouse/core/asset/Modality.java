// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.asset;

import java.util.Locale;

/** The kind of signal that bytes carry. */
public enum Modality {
  IMAGE,
  TEXT,
  TABLE,
  AUDIO,
  VIDEO,
  DOCUMENT,
  UNKNOWN;

  /** The word that stands in tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The modality of a word that stands in tables. */
  public static Modality of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
