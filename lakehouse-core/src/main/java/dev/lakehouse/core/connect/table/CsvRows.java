// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.table;

import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.manifest.References;

/** A CSV manifest whose rows name other things than files. */
public final class CsvRows {

  private CsvRows() {}

  /**
   * Opens one as {@link CsvSource#open} does.
   *
   * @param names what its rows mean
   */
  public static Source open(ManifestOptions options, References.Maker names) {
    return CsvSource.open(options, names);
  }
}
