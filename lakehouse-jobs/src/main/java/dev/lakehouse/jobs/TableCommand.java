// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.jobs.watch.TablePage;
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
      "columns with = != < <= > >=, LIKE, IN, IS NULL, AND, OR, NOT and brackets.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  lakehouse table verdicts --lake ./lake --where \"verdict_status = 'review'\"",
      "  lakehouse table dead_letters --lake ./lake --columns source_uri,error_code --limit 100"
    })
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
    if (limit < 0) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID, "Invalid --limit: %d (must not be negative)", limit);
    }
    TablePage page = lakehouse().table(name, where, columns, limit);
    return Report.of(json(page), lines(page));
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
    List<String> lines = new ArrayList<>();
    for (Map<String, Object> row : page.rows()) {
      row.forEach(
          (column, value) -> {
            if (value != null) {
              lines.add("%-18s %s".formatted(column, shortened(String.valueOf(value))));
            }
          });
      lines.add("");
    }
    lines.add(
        "%,d of %,d rows of %s%s"
            .formatted(page.rows().size(), page.count(), page.table(), version(page.version())));
    return lines;
  }

  private static String version(long version) {
    return version < 0 ? ", which is not written yet" : ", version " + version;
  }

  private static String shortened(String value) {
    String line = value.replaceAll("\\s+", " ");
    return line.length() <= SHOWN_CHARACTERS ? line : line.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
