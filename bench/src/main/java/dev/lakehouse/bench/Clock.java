// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Wall time, and processor time of all threads of this process, from its making on. */
public final class Clock {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final long wall = System.nanoTime();
  private final long cpu = SYSTEM.getProcessCpuTime();

  /**
   * What went by.
   *
   * @param rows that were done meanwhile
   */
  public Spent spent(long rows) {
    return new Spent(
        rows, (System.nanoTime() - wall) / 1e9, (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
  }

  /**
   * What work cost.
   *
   * @param rows items done
   * @param seconds by the wall clock
   * @param cpuSeconds of all threads together
   */
  public record Spent(long rows, double seconds, double cpuSeconds) {

    /** Items a second. */
    public double rate() {
      return rows / seconds;
    }

    /** Items for each second of a processor; holds up while others use the machine. */
    public double cpuRate() {
      return rows / cpuSeconds;
    }
  }
}
