// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.lake.Release;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  static final class ListReleases extends LakehouseCommand {
    @Override
    Report report() {
      List<Release> releases = lakehouse().releases();
      return Report.of(
          Shapes.of("releases", releases),
          releases.isEmpty()
              ? List.of("nothing is released yet")
              : releases.stream().map(Words::of).toList());
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
          .map(release -> report(false, release, "would withdraw; --yes does it"))
          .orElseGet(() -> report(true, lake.rollback(), "withdrawn"));
    }

    private static Report report(boolean done, Release release, String words) {
      return Report.of(
          Map.of("withdrawn", done, "release", Shapes.of(release)),
          List.of(words + ":", Words.of(release)));
    }
  }
}
