// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.tar;

import dev.lakehouse.core.codec.MediaTypes;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a member is to the others of its key, by the end of its name. */
enum Ending {
  PICTURE,
  /** A recording or a film. */
  RECORDING,
  /** About a picture; of a recording what is said in it. */
  WORDS,
  CAPTION,
  TRANSCRIPT,
  FIELDS,
  LABEL,
  /** An asset like any other. */
  OTHER;

  private static final Set<String> LABELS =
      Set.of("cls", "cls2", "class", "count", "index", "inx", "id");

  /** What the end of a name says. */
  static Ending of(String name) {
    return switch (extension(name)) {
      case "txt", "text" -> WORDS;
      case "caption" -> CAPTION;
      case "transcript" -> TRANSCRIPT;
      case "json", "jsn" -> FIELDS;
      default -> LABELS.contains(extension(name)) ? LABEL : ofMedia(name);
    };
  }

  private static Ending ofMedia(String name) {
    Optional<String> type = MediaTypes.detect(new byte[0], name).nameMediaType();
    String family = type.map(found -> found.replaceFirst("/.*", "")).orElse("");
    return switch (family) {
      case "image" -> PICTURE;
      case "audio", "video" -> RECORDING;
      default -> OTHER;
    };
  }

  /** The name after its last dot, in small letters. */
  static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Whether its bytes say something about other members. */
  boolean tells() {
    return switch (this) {
      case WORDS, CAPTION, TRANSCRIPT, FIELDS, LABEL -> true;
      case PICTURE, RECORDING, OTHER -> false;
    };
  }

  /** Whether others are about it. */
  boolean isMedium() {
    return this == PICTURE || this == RECORDING;
  }
}
