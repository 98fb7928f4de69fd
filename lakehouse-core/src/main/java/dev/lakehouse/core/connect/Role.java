// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import java.util.Locale;

/** What a field of a manifest can be to the lakehouse. */
public enum Role {
  /** Names the row; unique in the manifest. */
  ID,
  /** The content itself, never a path. */
  TEXT,
  /** Path of a file below the root: an image, a recording, a film, a document. */
  IMAGE,
  /** A text about the image, or a list of them. */
  CAPTION,
  /** What is said in the recording or film. */
  TRANSCRIPT,
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
