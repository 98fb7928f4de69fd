// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.jobs.IdleRuns;
import dev.lakehouse.jobs.Intake;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.RunResult;
import dev.lakehouse.jobs.command.input.Pipeline;
import dev.lakehouse.jobs.command.input.SourceFlags;
import dev.lakehouse.jobs.command.input.SourceRequest;
import dev.lakehouse.jobs.command.option.DeviceOption;
import dev.lakehouse.jobs.command.option.PolicyOption;
import dev.lakehouse.jobs.command.option.PrecisionOption;
import dev.lakehouse.jobs.command.option.PublishFlags;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.command.terminal.StatusWords;
import dev.lakehouse.jobs.command.terminal.Words;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run}: everything in order. */
@Command(
    name = "run",
    header = "Do everything in order: ingest, derive, measure, dedup, judge, embed, publish.",
    description = {
      "",
      "From a path, from source options or from a pipeline file; without any it goes on with what",
      "the lake has. What a path is, it tells by looking: a folder or a file of pictures and texts,",
      "COCO (.json), or a manifest (.jsonl, .csv). Where nobody names a lake, it is PATH-lake, beside",
      "the path. Run it again after a crash: it does what is missing, and nothing else.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  lakehouse run ./my-pictures",
      "  lakehouse run --lake ./lake --source files --path ./my-pictures",
      "  lakehouse run --lake ./lake --source urls --path urls.txt --set lakehouse.urls.contact=you@example.org",
      "  lakehouse run --lake ./lake --policy my-policy.yaml",
      "  lakehouse run --lake ./lake --pipeline conf/pipeline.yaml"
    })
final class RunCommand extends LakehouseCommand {
  @Mixin private SourceFlags source = new SourceFlags();

  @Option(
      names = "--pipeline",
      paramLabel = "FILE",
      description = "Sources and settings in a file; see conf/pipeline.yaml.")
  private Optional<Path> pipeline = Optional.empty();

  @Mixin private PublishFlags publishing = new PublishFlags();

  @Mixin private PolicyOption policy = new PolicyOption();

  @Mixin private DeviceOption device = new DeviceOption();

  @Mixin private PrecisionOption precision = new PrecisionOption();

  @Override
  Report report() {
    device.choose(common);
    precision.choose(common);
    Optional<Pipeline> file = pipeline.map(Pipeline::read);
    file.ifPresent(found -> common.pipeline(found.settings(), pipeline.orElseThrow()));
    List<SourceRequest> requests = new ArrayList<>(file.map(Pipeline::sources).orElse(List.of()));
    source.request(this::progress).ifPresent(requests::add);
    source.besides().ifPresent(common::beside);
    PublishOptions publish = publishing.over(common.settings());
    Optional<Policy> chosen = policy.policy();
    List<Function<Map<String, String>, Intake>> prepared =
        requests.stream().map(SourceRequest::prepare).toList();
    Optional<Report> settled = settled(prepared, publish, chosen);
    if (settled.isPresent()) {
      return settled.get();
    }
    Lakehouse lake = requests.isEmpty() ? lakehouse() : newLakehouse();
    RunResult result = run(lake, prepared, publish, chosen);
    return Report.of(Shapes.of(result), lines(result)).ending(place(result));
  }

  /** The answer of a run that has nothing to do, where that can be seen without Spark. */
  private Optional<Report> settled(
      List<Function<Map<String, String>, Intake>> prepared,
      PublishOptions publish,
      Optional<Policy> chosen) {
    Map<String, String> hadoop = common.hadoop();
    return idle(runs ->
            runs.run(
                () -> prepared.stream().map(source -> source.apply(hadoop)).toList(),
                publish,
                chosen))
        .map(RunCommand::report);
  }

  private static Report report(IdleRuns.Answer answer) {
    List<String> lines = new ArrayList<>();
    answer.ingested().forEach(ingested -> lines.addAll(Words.of(ingested)));
    lines.addAll(Words.settled(answer));
    lines.add("");
    lines.addAll(StatusWords.funnel(answer.status()));
    return Report.of(answer.json(), lines).ending(place(answer.report()));
  }

  /** Runs everything from some sources. */
  static RunResult run(
      Lakehouse lake,
      List<Function<Map<String, String>, Intake>> prepared,
      PublishOptions publish,
      Optional<Policy> policy) {
    Map<String, String> hadoop = lake.hadoopConf();
    return lake.run(
        prepared.stream().map(source -> source.apply(hadoop)).toList(), publish, policy);
  }

  /** The whole run in words. */
  static List<String> lines(RunResult result) {
    List<String> lines = new ArrayList<>();
    result.ingested().forEach(ingested -> lines.addAll(Words.of(ingested)));
    lines.add(Words.of("derive", result.derived()));
    lines.add(Words.of("measure", result.measured()));
    lines.add(Words.of(result.duplicates()));
    lines.addAll(Words.of(result.judged()));
    lines.addAll(Words.embedded(result.embedded()));
    lines.addAll(Words.of(result.published()));
    lines.add("");
    lines.addAll(StatusWords.funnel(result.status()));
    return lines;
  }

  /** Where more is to be seen of it. */
  static String place(RunResult result) {
    return place(result.page().orElse(result.report()));
  }

  private static String place(String report) {
    return "report   " + report.replaceFirst("^file:", "");
  }
}
