// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.jobs.lake.delta.Waves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The half waves that a process computed to their end, as it told on the way.
 *
 * @param done by work, the number of items that were done after each of its halves
 */
record WaveLog(Map<String, List<Long>> done) {
  private static final Pattern WAVE =
      Pattern.compile("(measure|embed [a-z]+/[a-z]+): ([\\d,.]+) of [\\d,.]+ \\(.*/s\\)");

  static WaveLog read(Path log) {
    Map<String, List<Long>> done = new HashMap<>();
    try {
      for (String line : Files.readAllLines(log)) {
        Matcher wave = WAVE.matcher(line);
        if (wave.matches()) {
          long items = Long.parseLong(wave.group(2).replaceAll("\\D", ""));
          done.computeIfAbsent(wave.group(1), work -> new ArrayList<>()).add(items);
        }
      }
      return new WaveLog(done);
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot read %s: %s", log, e.getMessage());
    }
  }

  /**
   * How many waves were lost; two halves are one.
   *
   * @param committed by work, the rows that the process committed
   */
  double lost(Map<String, Long> committed) {
    long halves =
        done.entrySet().stream()
            .mapToLong(
                work ->
                    work.getValue().stream()
                        .filter(items -> items > committed.getOrDefault(work.getKey(), 0L))
                        .count())
            .sum();
    return (double) halves / Waves.HALVES;
  }
}
