// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the name of a manifest says of how its rows are written, packed with gzip or not. */
public enum ManifestForm {
  /** A header and a record for each row. */
  CSV(".csv", ".tsv"),
  /** A JSON object for each row. */
  JSONL(".jsonl", ".ndjson");

  private static final String GZ = ".gz";

  private final List<String> endings;

  ManifestForm(String... endings) {
    this.endings = List.of(endings);
  }

  /** The form that a path or URI names; {@code .json} alone says nothing, packed it is JSONL. */
  public static Optional<ManifestForm> of(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".json" + GZ)) {
      return Optional.of(JSONL);
    }
    String unpacked = name.endsWith(GZ) ? name.substring(0, name.length() - GZ.length()) : name;
    return Arrays.stream(values())
        .filter(form -> form.endings.stream().anyMatch(unpacked::endsWith))
        .findFirst();
  }
}
