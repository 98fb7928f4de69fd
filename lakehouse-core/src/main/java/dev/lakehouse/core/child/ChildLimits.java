// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import java.io.Serializable;
import java.time.Duration;

/**
 * What a child process may take.
 *
 * @param item how long it may work on one item
 * @param stall how long it may say nothing meanwhile
 * @param memoryBytes of address space
 * @param outputBytes that it may answer with
 */
public record ChildLimits(Duration item, Duration stall, long memoryBytes, long outputBytes)
    implements Serializable {
  private static final long GIB = 1L << 30;

  /** The limits that the settings give. */
  public static ChildLimits from(Settings settings) {
    return new ChildLimits(
        Duration.ofSeconds(settings.integer(Setting.CHILD_ITEM_SECONDS, 1, 7 * 86_400)),
        Duration.ofSeconds(settings.integer(Setting.CHILD_STALL_SECONDS, 1, 86_400)),
        settings.integer(Setting.CHILD_MEMORY, GIB / 4, 256 * GIB),
        settings.integer(Setting.CHILD_OUTPUT, 1 << 20, Long.MAX_VALUE));
  }
}
