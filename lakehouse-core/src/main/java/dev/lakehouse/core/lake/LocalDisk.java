// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import java.io.Serializable;

/**
 * Where this machine keeps copies of indexes, and how much room they may take.
 *
 * @param folder empty for one among the user's scratch files
 * @param limit bytes at most
 */
public record LocalDisk(String folder, long limit) implements Serializable {
  public LocalDisk {
    requireNonNull(folder, "folder is null");
  }

  /** What the settings say. */
  static LocalDisk from(Settings settings) {
    return new LocalDisk(
        settings.find(Setting.INDEX_LOCAL_FOLDER).orElse(""),
        settings.integer(Setting.INDEX_LOCAL_BYTES));
  }
}
