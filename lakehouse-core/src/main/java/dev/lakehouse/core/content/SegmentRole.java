// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import java.util.Locale;

/** What a segment is to its asset. */
public enum SegmentRole {
  /** The asset's own content, as a whole. */
  OWN,
  /** A text about it. */
  CAPTION,
  /** A passage of its text, which is too long to be found as a whole. */
  PASSAGE,
  /** A picture that stands for a time of it. */
  KEYFRAME;

  /** The word that stands in tables and settings. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
