// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import java.util.Map;
import java.util.Optional;

/** The probes that measure, each named with its version: another version measures anew. */
public final class Probes {
  /** What measures images. */
  public static final String IMAGE = "image@2";

  /** What measures texts and captions. */
  public static final String TEXT = "text@2";

  /** The versions before these, whose figures count until a content is measured anew. */
  public static final Map<String, String> BEFORE = Map.of("image@1", IMAGE, "text@1", TEXT);

  private Probes() {}

  /** The probe that measures the content of a modality, if one does. */
  public static Optional<String> of(String modality) {
    return switch (modality) {
      case "image" -> Optional.of(IMAGE);
      case "text" -> Optional.of(TEXT);
      default -> Optional.empty();
    };
  }
}
