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
  /** The limits that the settings give. */
  public static ChildLimits from(Settings settings) {
    return new ChildLimits(
        Duration.ofSeconds(settings.integer(Setting.CHILD_ITEM_SECONDS)),
        Duration.ofSeconds(settings.integer(Setting.CHILD_STALL_SECONDS)),
        settings.integer(Setting.CHILD_MEMORY),
        settings.integer(Setting.CHILD_OUTPUT));
  }
}
