// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.health;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The memory that this process may use: the machine's, or what its container leaves of it. */
final class PhysicalMemory {

  private PhysicalMemory() {}

  static long bytes() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }
}
