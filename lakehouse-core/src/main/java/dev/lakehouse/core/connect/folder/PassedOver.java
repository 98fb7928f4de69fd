// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.folder;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a folder holds that nobody means when naming it: lakes, version control, and what systems
 * leave behind. Counted by kind, a folder as one.
 */
final class PassedOver {
  /** The kind of a folder that is a lake, or the part of one. */
  static final String LAKE = "lake";

  private static final Set<String> NAMES =
      Set.of(
          ".git",
          ".hg",
          ".svn",
          ".bzr",
          ".ds_store",
          ".localized",
          ".apdisk",
          ".appledouble",
          ".appledb",
          ".appledesktop",
          ".spotlight-v100",
          ".trashes",
          ".fseventsd",
          ".temporaryitems",
          ".documentrevisions-v100",
          ".volumeicon.icns",
          "__macosx",
          "icon\r",
          "thumbs.db",
          "ehthumbs.db",
          "ehthumbs_vista.db",
          "desktop.ini",
          "$recycle.bin",
          "recycler",
          "system volume information",
          "@eadir",
          "#recycle",
          ".directory",
          "lost+found",
          "lakehouse.yaml"); // ours: settings, which people put beside their files

  /** Names that begin so; their kind is the beginning. */
  private static final Set<String> BEGINNINGS =
      Set.of("._", ".nfs0", ".fuse_hidden", ".Trash-", ".~lock.", "~$");

  private final Map<String, Long> counts = new TreeMap<>();

  /** The kind of an entry that a system left behind, by its name. */
  static Optional<String> kind(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return NAMES.contains(lower)
        ? Optional.of(name.strip())
        : BEGINNINGS.stream()
            .filter(start -> lower.startsWith(start.toLowerCase(Locale.ROOT)))
            .map(start -> start + "*")
            .findFirst();
  }

  void add(String kind) {
    counts.merge(kind, 1L, Long::sum);
  }

  Map<String, Long> counts() {
    return Collections.unmodifiableMap(new TreeMap<>(counts));
  }
}
