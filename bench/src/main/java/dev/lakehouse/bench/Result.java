// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import dev.lakehouse.bench.Clock.Spent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What one run of one system came to, as its process says it.
 *
 * @param system who did it
 * @param workload what was done
 * @param whole the whole stage
 * @param steady from the first batch to the last, where the system can tell
 * @param peakRssMib most memory that the process ever held
 * @param modelLoads native sessions that were opened
 */
public record Result(
    String system,
    String workload,
    Spent whole,
    @Nullable Spent steady,
    long peakRssMib,
    long modelLoads) {

  /** What this process did. */
  public static Result here(String system, String workload, Spent whole, long modelLoads)
      throws IOException {
    return here(system, workload, whole, null, modelLoads);
  }

  /** What this process did, and its steady part. */
  public static Result here(
      String system, String workload, Spent whole, @Nullable Spent steady, long modelLoads)
      throws IOException {
    return new Result(system, workload, whole, steady, mostMemory(), modelLoads);
  }

  /** Most memory that this process ever held, in MiB. */
  public static long mostMemory() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return 0;
  }
}
