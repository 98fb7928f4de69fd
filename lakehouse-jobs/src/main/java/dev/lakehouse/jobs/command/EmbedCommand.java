// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.filter.Filter;
import dev.lakehouse.jobs.command.option.DeviceOption;
import dev.lakehouse.jobs.command.option.PrecisionOption;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.command.terminal.Words;
import dev.lakehouse.jobs.pipeline.Scope;
import dev.lakehouse.jobs.pipeline.embed.EmbedResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code embed}: turns what passed into vectors. */
@Command(
    name = "embed",
    header = "Embed what passed and has no vector yet.",
    description = {
      "",
      "Families: text (texts and captions), clip (images; off until lakehouse.family.clip.bundle",
      "names a bundle) and any that --set lakehouse.family.NAME.bundle=BUNDLE adds. Nothing is ever",
      "computed twice for the same content and encoder.",
      "",
      "--where is a condition over the columns of 'filtered'; see 'lakehouse table --help'.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  lakehouse embed --lake ./lake --family text --where \"detected_language = 'eng'\""
    })
final class EmbedCommand extends LakehouseCommand {
  @Option(
      names = "--family",
      paramLabel = "NAME",
      description = "Only this family; may be repeated. Default: all that are on.")
  private List<String> families = new ArrayList<>();

  @Option(names = "--where", paramLabel = "CONDITION", description = "Only these assets.")
  private Optional<String> where = Optional.empty();

  @Option(
      names = "--full",
      description =
          "Try again what failed for a reason outside the content: a blob that was missing, a limit.")
  private boolean full;

  @Mixin private DeviceOption device = new DeviceOption();

  @Mixin private PrecisionOption precision = new PrecisionOption();

  @Override
  Report report() {
    device.choose(common);
    precision.choose(common);
    Optional<Filter> chosen = where.map(text -> Filter.parse(text, Tables.FILTERED.columns()));
    Map<String, EmbedResult> counts =
        lakehouse().embed(families, chosen, full ? Scope.ALL : Scope.CHANGED);
    return Report.of(Shapes.of("families", counts), Words.embedded(counts));
  }
}
