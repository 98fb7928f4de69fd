// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.document;

import dev.lakehouse.core.DocumentSetting;
import dev.lakehouse.core.Settings;
import java.io.Serializable;

/**
 * How much is wanted of what stands in a document; the rest is told without its bytes.
 *
 * @param bytes of all of them together
 */
public record Wanted(int items, long bytes) implements Serializable {
  /** The text alone. */
  public static final Wanted NOTHING = new Wanted(0, 0);

  /** As the settings have it. */
  public static Wanted from(Settings settings) {
    return new Wanted(
        (int) settings.integer(DocumentSetting.ENCLOSED),
        settings.integer(DocumentSetting.ENCLOSED_BYTES));
  }

  /** More is not held in memory. */
  private static final long MOST = 256L << 20;

  public Wanted {
    if (items < 0 || bytes < 0 || bytes > MOST) {
      throw new IllegalArgumentException("%d items of %d bytes".formatted(items, bytes));
    }
  }
}
