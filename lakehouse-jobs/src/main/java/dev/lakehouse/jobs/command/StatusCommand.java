// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.ReadablePlace;
import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.watch.state.Item;
import dev.lakehouse.core.watch.state.LakeStatus;
import dev.lakehouse.core.watch.state.ReasonPage;
import dev.lakehouse.jobs.command.option.Limit;
import dev.lakehouse.jobs.command.terminal.Advice;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.command.terminal.StatusWords;
import dev.lakehouse.jobs.command.terminal.TextTable;
import dev.lakehouse.jobs.command.terminal.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code status}: where the lake stands. */
@Command(
    name = "status",
    header = "Show where every item stands, and the releases.",
    description = {
      "",
      "Each item has one state, so the counts add up to what was seen: published is what the current",
      "release serves; of the others the first that holds of dead_letter, failed, duplicate, review,",
      "pending. Beside them stands what the next publish would change. Starts no Spark.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  lakehouse status --lake ./lake",
      "  lakehouse status --lake ./lake --reason TOO_SMALL --limit 100"
    })
@NeedsNoSpark
final class StatusCommand extends LakehouseCommand {
  @Option(
      names = "--reason",
      paramLabel = "CODE",
      description = "List the items behind a reason or in a state, instead of counting.")
  private Optional<String> reason = Optional.empty();

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Items at most, with --reason. Default: 20.")
  private int limit = 20;

  @Override
  Report report() {
    Limit.require(limit);
    return reason.map(code -> report(view().behind(code, limit))).orElseGet(this::whole);
  }

  private Report whole() {
    LakeStatus status = view().status();
    List<String> advice = Advice.of(status, common.lake());
    ObjectNode json = Json.mapper().valueToTree(Shapes.of(status));
    json.set("advice", Json.mapper().valueToTree(advice));
    return Report.of(json, StatusWords.of(status, advice));
  }

  private static Report report(ReasonPage page) {
    List<String> lines =
        new ArrayList<>(
            TextTable.terminal()
                .flatMap(columns -> table(page).lines(columns))
                .orElseGet(
                    () ->
                        page.items().stream()
                            .map(item -> String.join("  ", cells(item)))
                            .toList()));
    lines.add(Words.shown(page.items().size(), page.count()));
    return Report.of(json(page), lines);
  }

  private static TextTable table(ReasonPage page) {
    TextTable table = new TextTable(List.of("asset", "state", "reasons", "from"));
    page.items().forEach(item -> table.add(cells(item)));
    return table;
  }

  private static List<String> cells(Item item) {
    return List.of(
        item.assetId(),
        item.state().word(),
        String.join(",", item.reasons()),
        ReadablePlace.of(item.sourceUri()));
  }

  private static Object json(ReasonPage page) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("reason", page.reason());
    json.put("count", page.count());
    json.put("items", page.items().stream().map(StatusCommand::json).toList());
    return json;
  }

  private static Object json(Item item) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("asset_id", item.assetId());
    json.put("source_uri", item.sourceUri());
    json.put("state", item.state().word());
    json.put("reasons", item.reasons());
    return json;
  }
}
