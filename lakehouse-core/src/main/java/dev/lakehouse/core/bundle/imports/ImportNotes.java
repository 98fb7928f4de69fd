// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import java.util.ArrayList;
import java.util.List;

/** What an import took for granted or passed over, in words for people. */
final class ImportNotes {
  private final List<String> lines = new ArrayList<>();

  void add(String line, Object... args) {
    String note = line.formatted(args);
    if (!lines.contains(note)) {
      lines.add(note);
    }
  }

  List<String> lines() {
    return List.copyOf(lines);
  }
}
