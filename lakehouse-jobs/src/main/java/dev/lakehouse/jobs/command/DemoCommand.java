// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.demo.DemoData;
import dev.lakehouse.jobs.RunResult;
import dev.lakehouse.jobs.command.input.SourceRequest;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: the whole pipeline on sample data of its own, and searches of each kind. */
@Command(
    name = "demo",
    header = "Run everything on sample data, and search it.",
    description = {
      "",
      "Draws scenes with captions and writes short texts, some of them broken, double or empty on",
      "purpose, a film, a recording with subtitles and documents; ingests, measures, judges, embeds",
      "and publishes them into ./demo-lake (or --lake); answers searches of each kind and writes a",
      "contact sheet. Running it again goes on with that lake.",
      ""
    },
    footer = {"", "Examples:", "  lakehouse demo", "  lakehouse demo --lake /tmp/try --fresh"})
final class DemoCommand extends LakehouseCommand {
  private static final long SEED = 20_260_101;

  @Option(names = "--fresh", description = "Remove the lake of an earlier demo first.")
  private boolean fresh;

  @Override
  Report report() {
    common.standIn("./demo-lake", Map.of(Setting.CLIP_MODEL.key(), "shapes-clip"), "demo");
    DemoFolder folder = DemoFolder.open(Path.of(common.lake()), fresh);
    DemoData data = data(folder);
    RunResult run =
        RunCommand.run(
            newLakehouse(),
            sources(data).stream().map(SourceRequest::prepare).toList(),
            PublishOptions.from(common.settings()),
            Optional.empty());
    progress("search: a question of each kind");
    DemoSearches searches = DemoSearches.ask(common, data);
    Path sheet = searches.contactSheet(folder.file("contact-sheet.html"));
    return Report.of(json(run, searches, sheet), lines(run, searches, sheet));
  }

  private DemoData data(DemoFolder folder) {
    progress("demo: sample data in " + folder.file("sample-data"));
    try {
      return DemoData.write(folder.file("sample-data"), SEED);
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.CONFIG_INVALID, "Cannot write sample data to %s: %s", folder, e);
    }
  }

  private static List<SourceRequest> sources(DemoData data) {
    return List.of(
        new SourceRequest(
            SourceRequest.Kind.JSONL,
            Map.of("path", data.manifest().toString(), "map", DemoData.MAPPING, "name", "scenes")),
        new SourceRequest(
            SourceRequest.Kind.FILES, Map.of("path", data.texts().toString(), "name", "texts")),
        new SourceRequest(
            SourceRequest.Kind.FILES, Map.of("path", data.mixed().toString(), "name", "mixed")));
  }

  private static Object json(RunResult run, DemoSearches searches, Path sheet) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", Shapes.of(run));
    json.put("searches", searches.json());
    json.put("contact_sheet", sheet.toString());
    return json;
  }

  private List<String> lines(RunResult run, DemoSearches searches, Path sheet) {
    List<String> lines = new ArrayList<>(RunCommand.lines(run));
    lines.add("");
    lines.add(RunCommand.place(run));
    lines.add("pictures " + sheet);
    lines.add("");
    lines.addAll(searches.lines());
    lines.add("Ask something yourself:");
    lines.add(
        "  submit/lakehouse search 'three small green stars' --family clip --lake "
            + common.lake());
    return lines;
  }
}
