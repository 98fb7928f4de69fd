// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import dev.lakehouse.core.Json;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Measurements for people, or as JSON. */
final class Table {
  private static final String HEAD =
      String.format(
          Locale.ROOT,
          "%-28s %-10s %7s %8s %8s %10s %15s %7s %6s %8s %7s %8s %5s %8s",
          "system",
          "workload",
          "rows",
          "seconds",
          "rows/s",
          "rows/CPU s",
          "min-max",
          "steady",
          "whole",
          "steady/s",
          "whole/s",
          "RSS MiB",
          "loads",
          "cosine");

  private Table() {}

  static void print(List<Measurement> all, boolean json) {
    if (json) {
      System.out.println(Json.pretty(all));
      return;
    }
    System.out.println(HEAD);
    for (Measurement each : all) {
      System.out.println(line(each));
    }
  }

  private static String line(Measurement each) {
    return String.format(
        Locale.ROOT,
        "%-28s %-10s %7d %8.1f %8.1f %10.1f %15s %7s %6s %8s %7s %8d %5d %8s",
        each.system(),
        each.workload(),
        each.rows(),
        each.seconds(),
        each.rowsPerSecond(),
        each.rowsPerCpuSecond(),
        each.runs() == 1
            ? ""
            : String.format(
                Locale.ROOT, "%.1f-%.1f", each.leastPerCpuSecond(), each.mostPerCpuSecond()),
        ratio(each.ratioSteady()),
        ratio(each.ratioWhole()),
        ratio(each.ratioSteadyClock()),
        ratio(each.ratioClock()),
        each.peakRssMib(),
        each.modelLoads(),
        each.leastCosine().map(least -> String.format(Locale.ROOT, "%.4f", least)).orElse(""));
  }

  private static String ratio(Optional<Double> ratio) {
    return ratio.map(value -> String.format(Locale.ROOT, "%.3f", value)).orElse("");
  }
}
