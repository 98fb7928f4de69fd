// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.release.ReleaseComparison;
import dev.lakehouse.core.lake.release.ReleaseDifference;
import dev.lakehouse.core.watch.state.LakeView;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.command.option.Limit;
import dev.lakehouse.jobs.command.terminal.DifferenceWords;
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
import picocli.CommandLine.Parameters;

/** {@code release}: what was published, and the way back. */
@Command(
    name = "release",
    header = "List releases; show one; compare two; roll back to the one before.",
    footer = {"", "Example:", "  lakehouse release list --lake ./lake"},
    subcommands = {
      ReleaseCommand.ListReleases.class,
      ReleaseCommand.Show.class,
      ReleaseCommand.Diff.class,
      ReleaseCommand.Rollback.class
    })
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

  /** {@code release show}. */
  @Command(
      name = "show",
      header = "Show a release: what it is made of, and how well its indexes find.",
      description = {
        "",
        "Of each index, recall@10 is the share of the ten nearest that it finds, measured when the",
        "release was made against a look at every row; an exact index compares with every row.",
        ""
      },
      footer = {"", "Example:", "  lakehouse release show 3 --lake ./lake"})
  @NeedsNoSpark
  static final class Show extends LakehouseCommand {
    @Parameters(
        paramLabel = "RELEASE",
        arity = "0..1",
        description = "Its number or id. Default: the current one.")
    private Optional<String> name = Optional.empty();

    @Override
    Report report() {
      List<Release> all = view().releases();
      Release release =
          name.map(each -> Release.named(each, all))
              .or(() -> Release.current(all))
              .orElseThrow(() -> LakehouseException.nothingReleased(common.lake()));
      return Report.of(Shapes.of("release", release), lines(release));
    }

    private static List<String> lines(Release release) {
      List<String> lines = new ArrayList<>();
      lines.add(Words.of(release));
      lines.add(line("id", release.id()));
      lines.add(line("follows", release.parent().orElse("none")));
      lines.add(line("run", release.run()));
      lines.add(line("policy", release.policyDigest()));
      lines.add(line("judgement", release.judgementId()));
      lines.add(line("catalog", "version " + release.catalogVersion()));
      for (Family family : release.families()) {
        lines.add(
            line(
                "family",
                "%s, model %s, encoder %s"
                    .formatted(family.name(), family.bundle(), family.encoder())));
      }
      Words.indexes(release).forEach(index -> lines.add(line("", index)));
      release.familiesOff().forEach(off -> lines.add(line("left out", off)));
      return lines;
    }

    private static String line(String what, String value) {
      return "%-10s %s".formatted(what, value);
    }
  }

  /** {@code release diff}. */
  @Command(
      name = "diff",
      header = "Compare two releases: what came, what left and why, what is otherwise.",
      description = {
        "",
        "Of what left, the reasons are those of the last judgement: GONE is no longer in the lake,",
        "PASSES passes again and waits for the next release. Of what is in both, it counts the columns",
        "that are otherwise; another encoder means another vector. Starts no Spark.",
        ""
      },
      footer = {
        "",
        "Examples:",
        "  lakehouse release diff --lake ./lake        what the current release changed",
        "  lakehouse release diff 3 --lake ./lake      from release 3 to the current one",
        "  lakehouse release diff 3 5 --lake ./lake"
      })
  @NeedsNoSpark
  static final class Diff extends LakehouseCommand {
    @Parameters(
        paramLabel = "FROM",
        index = "0",
        arity = "0..1",
        description = "A release, by number or id. Default: the one that TO followed.")
    private Optional<String> from = Optional.empty();

    @Parameters(
        paramLabel = "TO",
        index = "1",
        arity = "0..1",
        description = "Another. Default: the current one.")
    private Optional<String> to = Optional.empty();

    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "Examples of each kind at most. Default: 5.")
    private int limit = 5;

    @Override
    Report report() {
      Limit.require(limit);
      LakeView view = view();
      List<Release> all = view.releases();
      Release later =
          to.map(each -> Release.named(each, all))
              .or(() -> Release.current(all))
              .orElseThrow(() -> LakehouseException.nothingReleased(common.lake()));
      Optional<Release> earlier =
          from.map(each -> Release.named(each, all)).or(() -> later.parent(all));
      ReleaseDifference found = ReleaseComparison.of(view.lake(), earlier, later, limit);
      return Report.of(Shapes.of(found), DifferenceWords.of(found));
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
