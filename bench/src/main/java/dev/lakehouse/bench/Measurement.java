// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lakehouse.bench.Clock.Spent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One row of the table.
 *
 * @param system who did it
 * @param workload what was done
 * @param rows items
 * @param seconds by the wall clock, the whole stage
 * @param rowsPerSecond items a second
 * @param rowsPerCpuSecond items for each second of a processor
 * @param ratioSteady to the floor, from the first batch to the last, by processor seconds
 * @param ratioWhole to the floor, of the whole stage, by processor seconds
 * @param peakRssMib most memory that the process ever held
 * @param modelLoads native sessions that were opened
 */
record Measurement(
    String system,
    String workload,
    long rows,
    double seconds,
    @JsonProperty("rows_per_s") double rowsPerSecond,
    @JsonProperty("rows_per_cpu_s") double rowsPerCpuSecond,
    @JsonProperty("ratio_steady") Optional<Double> ratioSteady,
    @JsonProperty("ratio_whole") Optional<Double> ratioWhole,
    @JsonProperty("peak_rss_mib") long peakRssMib,
    @JsonProperty("model_loads") long modelLoads) {

  /** What this process did. */
  static Measurement here(String system, String workload, Spent spent, long modelLoads)
      throws IOException {
    return new Measurement(
        system,
        workload,
        spent.rows(),
        spent.seconds(),
        spent.rate(),
        spent.cpuRate(),
        Optional.empty(),
        Optional.empty(),
        mostMemory(),
        modelLoads);
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
