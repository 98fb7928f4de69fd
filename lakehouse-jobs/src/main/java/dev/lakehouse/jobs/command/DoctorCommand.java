// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.watch.health.Check;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.watch.Doctor;
import dev.lakehouse.jobs.watch.EffectiveSetting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}: tries what the other commands need, and shows every effective setting. */
@Command(
    name = "doctor",
    header = "Try what the commands need, and show every effective setting.",
    description = {
      "",
      "Tries Java, Spark, native libraries, what the storage of the lake can do, the golden vectors",
      "of the models, and memory. Shows every setting in effect and where it came from; secrets",
      "stay hidden. Exit 2 if anything fails.",
      "",
    },
    footer = {
      "",
      "Examples:",
      "  lakehouse doctor --lake ./lake",
      "  lakehouse doctor --cluster --lake hdfs:///lake --master spark://host:7077"
    })
final class DoctorCommand extends LakehouseCommand {
  @Option(
      names = "--cluster",
      description = "Try each executor too: Java, scratch space, storage, natives and models.")
  private boolean cluster;

  @Override
  Report report() {
    Doctor doctor = new Doctor(common.settings(), common.models(common.hadoop()));
    List<Check> checks = cluster ? doctor.examineCluster() : doctor.examine();
    List<EffectiveSetting> settings = doctor.settings();
    boolean healthy = checks.stream().noneMatch(check -> check.status() == Check.Status.FAIL);
    return new Report(
        json(healthy, checks, settings),
        lines(healthy, checks, settings),
        healthy ? 0 : ErrorCode.CONFIG_INVALID.exitCode());
  }

  private static Object json(boolean healthy, List<Check> checks, List<EffectiveSetting> settings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("healthy", healthy);
    json.put("checks", checks);
    json.put("settings", settings);
    return json;
  }

  private static List<String> lines(
      boolean healthy, List<Check> checks, List<EffectiveSetting> settings) {
    List<String> lines = new ArrayList<>();
    for (Check check : checks) {
      lines.add(
          "%-5s %-8s %-24s %s"
              .formatted(check.status(), check.area(), check.name(), check.found()));
      if (!check.remedy().isEmpty()) {
        lines.add("      -> " + check.remedy());
      }
    }
    lines.add("");
    for (EffectiveSetting setting : settings) {
      lines.add("%-36s %-20s %s".formatted(setting.key(), setting.value(), setting.origin()));
    }
    lines.add("");
    lines.add(healthy ? "Everything that was tried works." : "Something fails: see above.");
    return lines;
  }
}
