// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What to import, and what the export does not say itself.
 *
 * @param source folder of the export, any URI that Hadoop can reach
 * @param hadoop settings of its file system
 * @param name of the bundle; from the folder's name where absent
 * @param licence of the weights; from the model card where absent
 */
public record ImportRequest(
    String source, Map<String, String> hadoop, Optional<String> name, Optional<String> licence) {

  public ImportRequest {
    requireNonNull(source, "source is null");
    hadoop = new TreeMap<>(hadoop);
    requireNonNull(name, "name is null");
    requireNonNull(licence, "licence is null");
  }

  /** An export that says everything itself. */
  public static ImportRequest of(String source) {
    return new ImportRequest(source, Map.of(), Optional.empty(), Optional.empty());
  }

  /** The same, under a name. */
  public ImportRequest named(String chosen) {
    return new ImportRequest(source, hadoop, Optional.of(chosen), licence);
  }

  String bundleName() {
    return name.orElseGet(
        () ->
            source
                .replaceFirst("/+$", "")
                .replaceFirst(".*/", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9.]+", "-")
                .replaceAll("^[-.]+|[-.]+$", ""));
  }
}
