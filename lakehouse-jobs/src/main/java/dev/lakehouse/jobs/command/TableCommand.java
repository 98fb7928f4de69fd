// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.ReadablePlace;
import dev.lakehouse.core.watch.state.TablePage;
import dev.lakehouse.jobs.command.option.Limit;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.command.terminal.TextTable;
import dev.lakehouse.jobs.command.terminal.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code table}: rows of any table of the lake. */
@Command(
    name = "table",
    header = "Show rows of a table of the lake.",
    description = {
      "",
      "Tables: assets, measurements, duplicates, decisions, verdicts, filtered, embeddings, catalog,",
      "releases, dead_letters, runs. What they hold: docs/tables.md. --where is a condition over the",
      "columns with = != < <= > >=, LIKE, IN, IS NULL, AND, OR, NOT and brackets; has(reasons, 'X')",
      "asks for what is in a list. Starts no Spark.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  lakehouse table verdicts --lake ./lake --where \"verdict_status = 'review'\"",
      "  lakehouse table verdicts --lake ./lake --where \"has(reasons, 'LOW_CONTRAST')\"",
      "  lakehouse table dead_letters --lake ./lake --columns source_uri,error_code --limit 100"
    })
@NeedsNoSpark
final class TableCommand extends LakehouseCommand {
  private static final int SHOWN_CHARACTERS = 160;

  @Parameters(paramLabel = "NAME", description = "Name of the table.")
  private String name = "";

  @Option(names = "--where", paramLabel = "CONDITION", description = "Which rows. Default: all.")
  private Optional<String> where = Optional.empty();

  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "COLUMN",
      description = "Which columns, with commas. Default: all.")
  private List<String> columns = new ArrayList<>();

  @Option(names = "--limit", paramLabel = "N", description = "Rows at most. Default: 20.")
  private int limit = 20;

  @Override
  Report report() {
    Limit.require(limit);
    TablePage page = view().tables().read(name, where, columns, limit);
    List<String> lines = new ArrayList<>(lines(page));
    lines.add(
        "%s of %s%s"
            .formatted(
                Words.shown(page.rows().size(), page.count()),
                page.table(),
                page.version() < 0 ? "" : ", version %,d".formatted(page.version())));
    return Report.of(json(page), lines);
  }

  private static Object json(TablePage page) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("table", page.table());
    json.put("version", page.version());
    json.put("count", page.count());
    json.put("rows", page.rows());
    return json;
  }

  private static List<String> lines(TablePage page) {
    return TextTable.terminal()
        .filter(width -> !page.rows().isEmpty())
        .flatMap(width -> table(page).lines(width))
        .orElseGet(() -> records(page));
  }

  private static TextTable table(TablePage page) {
    List<String> names = page.shown().names();
    TextTable table = new TextTable(names);
    page.rows().forEach(row -> table.add(names.stream().map(name -> cell(name, row)).toList()));
    return table;
  }

  /** A column below the other, for pipes and for rows that are wider than the terminal. */
  private static List<String> records(TablePage page) {
    List<String> lines = new ArrayList<>();
    for (Map<String, Object> row : page.rows()) {
      for (String column : page.shown().names()) {
        if (row.get(column) != null) {
          lines.add("%-18s %s".formatted(column, cell(column, row)));
        }
      }
      lines.add("");
    }
    return lines;
  }

  private static String cell(String column, Map<String, Object> row) {
    Object value = row.get(column);
    if (value == null) {
      return "";
    }
    String text = String.valueOf(value);
    return shortened(column.endsWith("uri") ? ReadablePlace.of(text) : text);
  }

  private static String shortened(String value) {
    String line = value.replaceAll("\\s+", " ");
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
