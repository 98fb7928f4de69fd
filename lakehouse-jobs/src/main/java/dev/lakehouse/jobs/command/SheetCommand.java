// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.jobs.command.terminal.OutputFile;
import dev.lakehouse.jobs.command.terminal.Report;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sheet}: the lake as a page to look at. */
@Command(
    name = "sheet",
    header = "Write a contact sheet: what is published, what waits, what was rejected and why.",
    description = {
      "",
      "One HTML file that needs no other: pictures are inside it, made small, texts as excerpts, all",
      "with captions and reasons. Opens in any browser and runs no code.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  lakehouse sheet --lake ./lake --out sheet.html",
      "  lakehouse sheet --lake ./lake --release 3 --each 100"
    })
final class SheetCommand extends LakehouseCommand {
  private static final int MOST = 1000;

  @Option(
      names = "--release",
      paramLabel = "N",
      description = "Number or id of a release (see 'release list'). Default: the current one.")
  private Optional<String> release = Optional.empty();

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The page. Default: contact-sheet.html in this folder.")
  private Path out = Path.of("contact-sheet.html");

  @Option(
      names = "--each",
      paramLabel = "N",
      description = "Items at most under one heading, 1 to 1000. Default: 24.")
  private int each = 24;

  @Override
  Report report() {
    if (each < 1 || each > MOST) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID, "Invalid --each: %d (must be between 1 and %d)", each, MOST);
    }
    OutputFile file = OutputFile.of(out);
    file.write(lakehouse().sheet(release, each));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("contact_sheet", file.path().toString());
    return Report.of(json, List.of("sheet    " + file.path()));
  }
}
