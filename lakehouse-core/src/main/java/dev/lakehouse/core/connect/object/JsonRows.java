// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.object;

import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.manifest.ManifestOptions;
import dev.lakehouse.core.connect.manifest.References;

/** A JSONL manifest whose rows name other things than files. */
public final class JsonRows {

  private JsonRows() {}

  /**
   * Opens one as {@link JsonlSource#open} does.
   *
   * @param names what its rows mean
   */
  public static Source open(ManifestOptions options, References.Maker names) {
    return JsonlSource.open(options, names);
  }
}
