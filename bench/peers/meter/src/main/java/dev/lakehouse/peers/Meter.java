// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.peers;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Measures a stretch of this process and says it as {@code bench/run} reads it. */
public final class Meter {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final long wall = System.nanoTime();
  private final long cpu = SYSTEM.getProcessCpuTime();

  /**
   * Ends the stretch.
   *
   * @param system who did it
   * @param workload images, captions, documents or corpus
   * @param rows items that were done
   */
  public void say(String system, String workload, long rows) throws IOException {
    double seconds = (System.nanoTime() - wall) / 1e9;
    double cpuSeconds = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "RESULT {\"system\":\"%s\",\"workload\":\"%s\",\"whole\":{\"rows\":%d,\"seconds\":%f,"
            + "\"cpuSeconds\":%f},\"peakRssMib\":%d,\"modelLoads\":0}%n",
        system,
        workload,
        rows,
        seconds,
        cpuSeconds,
        mostMemory());
  }

  private static long mostMemory() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return 0;
  }
}
