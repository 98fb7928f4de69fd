// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.mime.MimeTypes;

/** What the extension of a name says. */
final class NameTypes {
  /** Loaded with the first question: Tika reads its whole registry. */
  static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes();

  /** Names of types that differ from Tika's, by extension. */
  private static final Map<String, String> BY_EXTENSION =
      Map.of(
          "jsonl", TextSniffer.JSON_LINES,
          "ndjson", TextSniffer.JSON_LINES,
          "md", TextSniffer.MARKDOWN,
          "markdown", TextSniffer.MARKDOWN,
          "rst", TextSniffer.RST,
          "parquet", "application/x-parquet",
          "avif", "image/avif",
          "dcm", "application/dicom",
          "gpl", TextSniffer.GIMP_PALETTE,
          "dds", "image/vnd.ms-dds");

  /**
   * Extensions that people give to texts as well as to what they are registered for: TypeScript,
   * Graphviz, templates of gettext, subtitles, playlists, Fortran modules, public keys.
   */
  private static final Set<String> AMBIGUOUS =
      Set.of("ts", "mts", "dot", "pot", "sub", "smi", "m3u", "ram", "mod", "pub");

  private NameTypes() {}

  /**
   * The media type that a name claims.
   *
   * @param name a file name or path; only its end counts
   */
  static Optional<String> of(String name) {
    String extension = extension(name);
    if (extension.isEmpty()) {
      return Optional.empty();
    }
    String type = BY_EXTENSION.get(extension);
    if (type == null) {
      type = MediaTypes.canonical(TYPES.getMimeType("name." + extension).toString());
    }
    return type.equals(MediaTypes.UNKNOWN) ? Optional.empty() : Optional.of(type);
  }

  /** Whether a name's extension is in use for more than one kind of signal. */
  static boolean isAmbiguous(String name) {
    return AMBIGUOUS.contains(extension(name));
  }

  private static String extension(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    return dot < 0 ? "" : file.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
