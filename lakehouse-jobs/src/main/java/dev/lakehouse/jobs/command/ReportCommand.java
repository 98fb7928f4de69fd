// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.watch.survey.PastRuns;
import dev.lakehouse.core.watch.survey.RunNote;
import dev.lakehouse.jobs.command.terminal.OutputFile;
import dev.lakehouse.jobs.command.terminal.Report;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code report}: what a run did, as a page to look at. */
@Command(
    name = "report",
    header = "Write a page about a run: what went in, what came out, why not the rest.",
    description = {
      "",
      "One HTML file that needs no other and reaches for nothing: the funnel by source and reason,",
      "measurements with the thresholds of the policy, what changed, borderline items, duplicates,",
      "what could not be read, times, models, releases. 'run' writes one beside its run-report.json;",
      "this makes that of any run or release of the past, from the tables as they were then, as far",
      "as these are kept. Starts no Spark.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  lakehouse report --lake ./lake",
      "  lakehouse report --lake ./lake --release 3 --out release-3.html",
      "  lakehouse report --lake ./lake --run 20260301T093000Z-5f2c1a"
    })
@NeedsNoSpark
final class ReportCommand extends LakehouseCommand {
  @Option(
      names = "--run",
      paramLabel = "ID",
      description = "A run, or how its id begins (see 'table runs'). Default: the last one.")
  private Optional<String> run = Optional.empty();

  @Option(
      names = "--release",
      paramLabel = "N",
      description = "The run that made a release, by its number or id (see 'release list').")
  private Optional<String> release = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The page. Default: run-report.html in this folder.")
  private Path out = Path.of("run-report.html");

  @Override
  Report report() {
    if (run.isPresent() && release.isPresent()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Found both --run and --release: expected one of them; a release is that of one run");
    }
    PastRuns runs = new PastRuns(view(), common.hadoop());
    RunNote chosen =
        release.map(runs::ofRelease).or(() -> run.map(runs::named)).orElseGet(runs::last);
    OutputFile file = OutputFile.of(out);
    file.write(runs.page(chosen));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", chosen.id());
    json.put("page", file.path().toString());
    return Report.of(json, List.of("run      " + chosen.id())).ending("report   " + file.path());
  }
}
