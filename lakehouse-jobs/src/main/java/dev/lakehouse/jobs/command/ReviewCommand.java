// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Counted;
import dev.lakehouse.core.ReadablePlace;
import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.watch.state.WaitingPage;
import dev.lakehouse.core.watch.state.WaitingPage.Waiting;
import dev.lakehouse.jobs.command.option.Limit;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.command.terminal.TextTable;
import dev.lakehouse.jobs.command.terminal.Words;
import dev.lakehouse.jobs.pipeline.ReviewStep.Decision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code review}: what people decide where rules do not. */
@Command(
    name = "review",
    header = "List what waits for a reviewer; approve or reject it.",
    description = {
      "",
      "The next judgement reads the decisions; the last one on an asset counts.",
      ""
    },
    footer = {"", "Example:", "  lakehouse review list --lake ./lake"},
    subcommands = {
      ReviewCommand.ListWaiting.class,
      ReviewCommand.Approve.class,
      ReviewCommand.Reject.class
    })
final class ReviewCommand extends CommandGroup {

  /** {@code review list}. */
  @Command(
      name = "list",
      header = "List the assets that wait for a reviewer.",
      footer = {"", "Example:", "  lakehouse review list --lake ./lake --limit 100"})
  @NeedsNoSpark
  static final class ListWaiting extends LakehouseCommand {
    @Option(names = "--limit", paramLabel = "N", description = "Assets at most. Default: 20.")
    private int limit = 20;

    @Override
    Report report() {
      Limit.require(limit);
      WaitingPage page = view().waiting(limit);
      List<String> lines = new ArrayList<>(lines(page));
      lines.add(Words.shown(page.waiting().size(), page.count()));
      return Report.of(Shapes.of(page), lines);
    }

    private static List<String> lines(WaitingPage page) {
      return TextTable.terminal()
          .filter(columns -> page.count() > 0)
          .flatMap(columns -> table(page).lines(columns))
          .orElseGet(() -> page.waiting().stream().map(ListWaiting::line).toList());
    }

    private static TextTable table(WaitingPage page) {
      TextTable table = new TextTable(List.of("asset", "reasons", "from"));
      page.waiting().forEach(asset -> table.add(cells(asset)));
      return table;
    }

    private static String line(Waiting asset) {
      return String.join("  ", cells(asset));
    }

    private static List<String> cells(Waiting asset) {
      return List.of(
          asset.assetId(), String.join(",", asset.reasons()), ReadablePlace.of(asset.sourceUri()));
    }
  }

  /** A decision on some assets. */
  abstract static class Decide extends LakehouseCommand {
    @Parameters(
        paramLabel = "ASSET",
        arity = "1..*",
        description = "Asset ids, paths or source URIs.")
    private List<String> assets = new ArrayList<>();

    @Option(
        names = "--reason",
        required = true,
        paramLabel = "TEXT",
        description = "Why, in words; is kept.")
    private String reason = "";

    @Option(
        names = "--reviewer",
        paramLabel = "NAME",
        description = "Who decides. Default: the user of this process.")
    private String reviewer = System.getProperty("user.name");

    final Report decide(Decision decision) {
      int count = lakehouse().decide(assets, decision, reason, reviewer);
      String word = decision.name().toLowerCase(Locale.ROOT);
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("decision", word);
      json.put("assets", count);
      return Report.of(
          json,
          List.of(
              "%s: %s. The next judgement reads it.".formatted(word, Counted.of(count, "asset"))));
    }
  }

  /** {@code review approve}. */
  @Command(
      name = "approve",
      header = "Let assets pass that wait for a reviewer.",
      footer = {
        "",
        "Example:",
        "  lakehouse review approve 3f0c… --lake ./lake --reason 'a chart, meant to be plain'"
      })
  static final class Approve extends Decide {
    @Override
    Report report() {
      return decide(Decision.APPROVE);
    }
  }

  /** {@code review reject}. */
  @Command(
      name = "reject",
      header = "Let assets fail, whatever the rules say.",
      footer = {
        "",
        "Example:",
        "  lakehouse review reject file:///data/x.png --lake ./lake --reason 'shows a face'"
      })
  static final class Reject extends Decide {
    @Override
    Report report() {
      return decide(Decision.REJECT);
    }
  }
}
