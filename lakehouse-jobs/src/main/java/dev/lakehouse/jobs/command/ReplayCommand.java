// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import dev.lakehouse.core.Counted;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Hindrance;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.embed.FamilySpec;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.search.Calibration;
import dev.lakehouse.core.search.Calibrations;
import dev.lakehouse.core.search.SearchMode;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.core.search.replay.Calibrating;
import dev.lakehouse.core.search.replay.Replay;
import dev.lakehouse.core.search.replay.ReplayMemory;
import dev.lakehouse.core.search.replay.ReplayQuery;
import dev.lakehouse.core.search.replay.ReplayReport;
import dev.lakehouse.core.search.replay.ReplaySet;
import dev.lakehouse.jobs.command.option.LakePlace;
import dev.lakehouse.jobs.command.terminal.ReplayWords;
import dev.lakehouse.jobs.command.terminal.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay}: questions that a lake keeps, with what they are to find. */
@Command(
    name = "replay",
    header = "Keep questions with what they are to find; ask them again.",
    description = {
      "",
      "A lake keeps questions and the assets that each is to find, or none where nothing in the lake is",
      "about it. 'run' asks them of the current release and says how well it answers; 'calibrate' finds",
      "from which score on an answer convinces, and from then on 'search' says when nothing does.",
      ""
    },
    footer = {"", "Example:", "  lakehouse replay run --lake ./lake"},
    subcommands = {
      ReplayCommand.Add.class,
      ReplayCommand.ListQueries.class,
      ReplayCommand.Run.class,
      ReplayCommand.Remove.class,
      ReplayCommand.Calibrate.class
    })
final class ReplayCommand extends CommandGroup {

  /** What all of them need of a lake. */
  abstract static class OnLake extends LakehouseCommand {
    final LakeLayout layout() {
      LakeLayout layout = LakeLayout.of(common.lake(), common.settings());
      LakePlace.requireLake(layout);
      return layout;
    }

    final ReplayMemory memory() {
      return ReplayMemory.of(layout(), HadoopSettings.configuration(common.hadoop()));
    }

    final Calibrations calibrations() {
      return Calibrations.of(layout(), HadoopSettings.configuration(common.hadoop()));
    }

    final Searcher searcher() {
      Settings settings = common.settings();
      Map<String, String> hadoop = common.hadoop();
      return Searcher.of(
          layout(), settings, common.models(hadoop), HadoopSettings.configuration(hadoop));
    }

    final Report kept(ReplaySet set) {
      return Report.of(
          Map.of("questions", set.queries().size()),
          List.of("the lake keeps " + Counted.of(set.queries().size(), "question")));
    }
  }

  /** {@code replay add}. */
  @Command(
      name = "add",
      header = "Keep a question, or a file of them.",
      description = {
        "",
        "A file has a question on each line: {\"words\": \"…\", \"family\": \"text\", \"mode\": \"vector\",",
        "\"expected\": [\"asset id or source\"]}; an empty list where nothing is to be found. A question",
        "that is kept already expects from then on what the new one does.",
        ""
      },
      footer = {
        "",
        "Examples:",
        "  lakehouse replay add 'a red circle' --expect scenes/017.png --lake ./lake",
        "  lakehouse replay add --from questions.jsonl --lake ./lake"
      })
  @NeedsNoSpark
  static final class Add extends OnLake {
    @Parameters(paramLabel = "QUERY", arity = "0..1", description = "What to look for, in words.")
    private Optional<String> words = Optional.empty();

    @Option(
        names = "--expect",
        paramLabel = "ASSET",
        description = {
          "What it is to find: an asset id, or the place that it came from, whole or how that ends.",
          "May be repeated."
        })
    private List<String> expected = new ArrayList<>();

    @Option(names = "--off-topic", description = "Nothing in the lake is about it.")
    private boolean offTopic;

    @Option(
        names = "--family",
        paramLabel = "NAME",
        description = "The family that is asked. Default: text.")
    private String family = FamilySpec.TEXT;

    @Option(
        names = "--mode",
        paramLabel = "MODE",
        description = "vector, words or hybrid. Default: vector.")
    private String mode = SearchMode.VECTOR.word();

    @Option(names = "--from", paramLabel = "FILE", description = "Questions, one a line.")
    private Optional<Path> from = Optional.empty();

    @Override
    Report report() {
      List<ReplayQuery> queries = queries();
      return kept(memory().keep(set -> set.with(queries)));
    }

    private List<ReplayQuery> queries() {
      if (from.isPresent() == words.isPresent()) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID, "Give one of the two: a question in words, or --from FILE");
      }
      if (from.isPresent()) {
        return read(from.get());
      }
      if (expected.isEmpty() != offTopic) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID,
            "Say what '%s' is to find: --expect ASSET, or --off-topic if nothing",
            words.get());
      }
      return List.of(new ReplayQuery(words.get(), family, SearchMode.of(mode), expected));
    }

    private static List<ReplayQuery> read(Path file) {
      try {
        return ReplaySet.lines(Files.readString(file), file.toString());
      } catch (IOException e) {
        throw LakehouseException.because(
            e,
            ErrorCode.CONFIG_INVALID,
            "Cannot read %s: %s. Name a text file in UTF-8 with --from",
            file,
            Hindrance.words(e));
      }
    }
  }

  /** {@code replay list}. */
  @Command(
      name = "list",
      header = "List the questions, and from which scores on answers convince.",
      footer = {"", "Example:", "  lakehouse replay list --lake ./lake"})
  @NeedsNoSpark
  static final class ListQueries extends OnLake {
    @Override
    Report report() {
      ReplaySet set = memory().now();
      List<Calibration> calibrations = List.copyOf(calibrations().now().values());
      Map<String, Object> json = new LinkedHashMap<>(set.toJson());
      json.put("calibrations", Shapes.of(calibrations));
      return Report.of(json, ReplayWords.of(set, calibrations));
    }
  }

  /** {@code replay run}. */
  @Command(
      name = "run",
      header = "Ask every question of the current release.",
      description = {
        "",
        "Of each question the rank of the best that was expected, the share that was found among the",
        "first K, and nDCG; of each family and mode the means. --floor makes the command fail with exit",
        "code 6 where nDCG of any family and mode is less.",
        ""
      },
      footer = {"", "Example:", "  lakehouse replay run --floor 0.8 --lake ./lake"})
  @NeedsNoSpark
  static final class Run extends OnLake {
    @Option(names = "-k", paramLabel = "K", description = "Hits that count. Default: 10.")
    private int k = 10;

    @Option(
        names = "--floor",
        paramLabel = "NDCG",
        description = "The least nDCG, from 0 to 1, of each family and mode. Default: 0.")
    private double floor;

    @Override
    Report report() {
      if (!(floor >= 0 && floor <= 1)) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID, "Invalid --floor: %s (must be from 0 to 1)", floor);
      }
      ReplaySet set = memory().now();
      try (Searcher searcher = searcher()) {
        ReplayReport report = new Replay(searcher, k).run(set);
        return new Report(
            report.toJson(),
            ReplayWords.of(report, floor),
            report.least() < floor ? ErrorCode.INTEGRITY.exitCode() : 0);
      }
    }
  }

  /** {@code replay remove}. */
  @Command(
      name = "remove",
      header = "Keep some questions no longer.",
      footer = {"", "Example:", "  lakehouse replay remove 3f0c8a --lake ./lake"})
  @NeedsNoSpark
  static final class Remove extends OnLake {
    @Parameters(paramLabel = "ID", arity = "1..*", description = "Their ids, or how they begin.")
    private List<String> ids = new ArrayList<>();

    @Override
    Report report() {
      return kept(memory().keep(set -> set.without(ids)));
    }
  }

  /** {@code replay calibrate}. */
  @Command(
      name = "calibrate",
      header = "Find from which score on an answer of a family convinces.",
      description = {
        "",
        "Asks the questions of the family by vector. The threshold is where the best scores of those that",
        "expect something part best from those that expect nothing; with fewer than 20 of these, questions",
        "that are built in take their place, in English, about law, physics and the like. It holds for",
        "questions in words, by vector, and for this encoder; another one makes it void.",
        ""
      },
      footer = {"", "Example:", "  lakehouse replay calibrate --lake ./lake"})
  @NeedsNoSpark
  static final class Calibrate extends OnLake {
    @Option(names = "--family", paramLabel = "NAME", description = "Which. Default: text.")
    private String family = FamilySpec.TEXT;

    @Option(
        names = "--max-refused",
        paramLabel = "SHARE",
        description = "Of the questions on topic, what may be refused. Default: 0.05.")
    private double maxRefused = Calibrating.MAX_REFUSED;

    @Option(names = "--drop", description = "Refuse nothing of this family any more.")
    private boolean drop;

    @Override
    Report report() {
      Calibrations kept = calibrations();
      if (drop) {
        kept.drop(family);
        return Report.of(
            Map.of("dropped", family), List.of("nothing of family " + family + " is refused"));
      }
      ReplaySet set = memory().now();
      try (Searcher searcher = searcher()) {
        Calibration found =
            new Calibrating(searcher, maxRefused).of(family, set, Clock.systemUTC().instant());
        kept.keep(found);
        return Report.of(Shapes.of("calibration", found), List.of(ReplayWords.of(found)));
      }
    }
  }
}
