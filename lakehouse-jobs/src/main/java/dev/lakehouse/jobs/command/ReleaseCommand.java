// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.command.terminal.TextTable;
import dev.lakehouse.jobs.command.terminal.Words;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code release}: what was published, and the way back. */
@Command(
    name = "release",
    header = "List releases; roll back to the one before.",
    footer = {"", "Example:", "  lakehouse release list --lake ./lake"},
    subcommands = {ReleaseCommand.ListReleases.class, ReleaseCommand.Rollback.class})
final class ReleaseCommand extends CommandGroup {

  /** {@code release list}. */
  @Command(
      name = "list",
      header = "List all releases, oldest first.",
      footer = {"", "Example:", "  lakehouse release list --lake ./lake"})
  @NeedsNoSpark
  static final class ListReleases extends LakehouseCommand {
    @Override
    Report report() {
      List<Release> releases = view().releases();
      return Report.of(Shapes.of("releases", releases), lines(releases));
    }

    private static List<String> lines(List<Release> releases) {
      if (releases.isEmpty()) {
        return List.of("nothing is released yet");
      }
      List<String> lines =
          new ArrayList<>(
              TextTable.terminal()
                  .flatMap(columns -> table(releases).lines(columns))
                  .orElseGet(() -> releases.stream().map(Words::of).toList()));
      if (releases.stream().noneMatch(Release::isReleased)) {
        lines.add(Words.current(Optional.empty()));
      }
      return lines;
    }

    private static TextTable table(List<Release> releases) {
      TextTable table =
          new TextTable(
              List.of("release", "id", "created", "state", "published", "pending", "dead"));
      for (Release release : releases) {
        table.add(
            List.of(
                String.valueOf(release.sequence()),
                release.id().substring(0, 12),
                release.createdAt().toString(),
                release.state(),
                "%,d".formatted(release.published()),
                "%,d".formatted(release.pending()),
                "%,d".formatted(release.dead())));
      }
      return table;
    }
  }

  /** {@code release rollback}. */
  @Command(
      name = "rollback",
      header = "Withdraw the current release; readers start from the one before.",
      description = {"", "Deletes nothing. Shows what it would do unless --yes is given.", ""},
      footer = {"", "Example:", "  lakehouse release rollback --lake ./lake --yes"})
  static final class Rollback extends LakehouseCommand {
    @Option(names = "--yes", description = "Do it. Default: only say what would happen.")
    private boolean yes;

    @Override
    Report report() {
      Lakehouse lake = lakehouse();
      Optional<Release> current = yes ? Optional.empty() : lake.current();
      return current
          .map(release -> report(lake, release, "would withdraw; --yes does it"))
          .orElseGet(() -> withdrawn(lake, lake.rollback()));
    }

    private static Report withdrawn(Lakehouse lake, Release release) {
      Optional<Release> now = lake.current();
      Map<String, Object> json = new TreeMap<>();
      json.put("withdrawn", true);
      json.put("release", Shapes.of(release));
      json.put("current", Shapes.of(now));
      return Report.of(json, List.of("withdrawn:", Words.of(release), Words.current(now)));
    }

    private static Report report(Lakehouse lake, Release release, String words) {
      Optional<Release> next =
          lake.releases().stream()
              .filter(each -> each.isReleased() && each.sequence() < release.sequence())
              .max(Comparator.comparingLong(Release::sequence));
      return Report.of(
          Map.of("withdrawn", false, "release", Shapes.of(release)),
          List.of(words + ":", Words.of(release), "after that " + Words.current(next)));
    }
  }
}
