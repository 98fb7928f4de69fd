// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import java.util.Locale;

/** What a field of a manifest can be to the lakehouse. */
public enum Role {
  /** Names the row; unique in the manifest. */
  ID,
  /** The content itself, never a path. */
  TEXT,
  /** Path of an image file below the root. */
  IMAGE,
  /** A text about the image, or a list of them. */
  CAPTION,
  LANG,
  LICENCE,
  TITLE,
  GROUP,
  CONSENT,
  SENSITIVITY;

  /** The word that {@code --map} uses. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
