// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.torture.ChildJvm;
import dev.lakehouse.jobs.torture.Torture;
import dev.lakehouse.jobs.torture.TortureReport;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code torture}: kills commands at the worst moments. */
@Command(
    name = "torture",
    header = "Kill commands at seeded moments; show that repeating them heals the lake.",
    description = {
      "",
      "Makes small lakes of its own below --lake, which must be empty: tries your storage, not your",
      "data. Every stage is started as a process, killed and repeated; then the lake must say what a",
      "lake says that nobody disturbed. All the while a reader reads the release. Exit 6 if a kill",
      "was not survived; its lake and logs are kept then. A kill takes some 10 seconds.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  lakehouse torture --lake /tmp/torture --kills 20",
      "  lakehouse torture --lake s3a://bucket/torture --kills 200 --seed 7 \\",
      "      --spark-conf spark.speculation=true"
    })
final class TortureCommand extends LakehouseCommand {
  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "20",
      description = "Processes to kill. Default: ${DEFAULT-VALUE}.")
  private int kills;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The moments are drawn from it. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  Report report() {
    if (kills < 1) {
      throw new ParameterException(
          spec.commandLine(), "Invalid --kills: %d (must be at least 1)".formatted(kills));
    }
    Torture torture =
        new Torture(
            common.lake(),
            common.settings(),
            HadoopSettings.configuration(common.hadoop()),
            ChildJvm.likeThis(Main.class),
            this::progress);
    TortureReport report = torture.run(kills, seed);
    return new Report(
        Shapes.of(report), lines(report), report.sound() ? 0 : ErrorCode.INTEGRITY.exitCode());
  }

  private static List<String> lines(TortureReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "survived %d of %d, seed %d".formatted(report.survived(), report.kills(), report.seed()));
    report
        .stages()
        .forEach(
            (stage, share) ->
                lines.add("  %-8s %d of %d".formatted(stage, share.survived(), share.kills())));
    lines.add(
        "waves computed twice %.1f, at most %.1f by one kill"
            .formatted(report.wavesTwice().total(), report.wavesTwice().most()));
    lines.add(
        "release read %d times, %d failed"
            .formatted(report.reads().total(), report.reads().failed()));
    report.reads().first().ifPresent(failure -> lines.add("  " + failure));
    lines.add("clean    " + report.digests().clean());
    report.digests().tortured().forEach(digest -> lines.add("tortured " + digest));
    report
        .failures()
        .forEach(
            kill ->
                lines.add(
                    "kill %d, %s %s: %s (kept in %s)"
                        .formatted(
                            kill.number(),
                            kill.stage(),
                            kill.moment(),
                            kill.failure().orElse(""),
                            kill.evidence().orElse(""))));
    return lines;
  }
}
