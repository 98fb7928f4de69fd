// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.lake.LakeIdentity;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.LakeSchema;
import dev.lakehouse.core.watch.state.LakeView;
import dev.lakehouse.core.watch.survey.RunNote;
import dev.lakehouse.core.watch.survey.RunSurvey;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.Run;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.jobs.pipeline.InForce;
import dev.lakehouse.jobs.pipeline.LakeContext;
import dev.lakehouse.jobs.pipeline.sweep.Underway;
import dev.lakehouse.jobs.watch.RunLog;
import dev.lakehouse.jobs.watch.RunReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Records every run of a lake: a note at its start, a report at its end, whatever the end. */
public final class Runs {
  /** The command whose runs get a page to look at. */
  static final String WHOLE_RUN = "run";

  /** What reading and decoding pictures for that page may cost. */
  private static final Duration PICTURES = Duration.ofSeconds(2);

  private final LakeTables tables;
  private final LakeLayout layout;
  private final Settings settings;
  private final Progress progress;
  private final Clock clock = Clock.systemUTC();

  Runs(LakeTables tables, LakeLayout layout, Settings settings, Progress progress) {
    this.tables = tables;
    this.layout = layout;
    this.settings = settings;
    this.progress = progress;
  }

  /** A context for work that leaves no trace. */
  LakeContext context() {
    Settings inForce = new InForce(tables, layout).under(settings);
    return new LakeContext(tables, layout, inForce, Run.start(clock), progress);
  }

  /**
   * Does work on a lake that is there, as a run of its own.
   *
   * @throws dev.lakehouse.core.LakehouseException LAKE_MISSING, and then nothing was written
   */
  <T> T recordOnLake(String command, Function<Steps, T> work) {
    context().requireLake();
    return record(command, work);
  }

  /** Does work as a run of its own. */
  <T> T record(String command, Function<Steps, T> work) {
    Steps steps = new Steps(context(), command);
    LakeIdentity.of(layout, tables.spark().sessionState().newHadoopConf());
    log().started(steps.context.run(), command);
    try (Heartbeat heartbeat = Heartbeat.of(log(), steps.context.run(), clock)) {
      T result = work.apply(steps);
      log().ended(steps.report(Optional.empty()));
      return result;
    } catch (Throwable e) { // Spark throws checked exceptions that no signature tells of
      end(steps, e);
      throw e;
    }
  }

  /** The failure itself counts, not that its report could not be written either. */
  private void end(Steps steps, Throwable failure) {
    Interruption.reporting();
    try {
      log().ended(steps.report(Optional.of(failure)));
      if (steps.command.equals(WHOLE_RUN) && !Interruption.happened().isPresent()) {
        steps
            .page(() -> Looking.at(steps.context, Map.of()), Optional.of(failure))
            .ifPresent(page -> progress.say("report   " + page));
      }
    } catch (Throwable e) {
      failure.addSuppressed(e);
    }
  }

  /** All runs of the lake. */
  RunLog log() {
    return new RunLog(layout.runs(), tables.spark().sessionState().newHadoopConf());
  }

  /**
   * Commands that may still be at work.
   *
   * @param since a command that showed no sign of life since then is dead
   * @param self the one that asks
   */
  Underway underway(Instant since, Run self) {
    List<RunLog.Unfinished> others =
        log().unfinished(since).stream().filter(each -> !each.run().equals(self.id())).toList();
    return new Underway(
        others.stream().map(RunLog.Unfinished::run).toList(),
        Stream.concat(Stream.of(since), others.stream().map(RunLog.Unfinished::started))
            .min(Instant::compareTo)
            .orElse(since));
  }

  /** The steps of one run as they are done. */
  final class Steps {
    private final LakeContext context;
    private final String command;
    private final List<RunReport.Step> done = new ArrayList<>();
    private final Map<String, Long> before;
    private Map<String, Long> states = Map.of();

    private Steps(LakeContext context, String command) {
      this.context = context;
      this.command = command;
      this.before = versions();
    }

    LakeContext context() {
      return context;
    }

    /** Where the report will be. */
    String place() {
      return log().place(context.run().id()).toString();
    }

    /** Does one step and keeps its result for the report. */
    <T> T step(String name, Supplier<T> work) {
      context.describe(name);
      context.progress().stage(name);
      tables.fitQueries(0);
      long started = System.nanoTime();
      T result = work.get();
      done.add(new RunReport.Step(name, (System.nanoTime() - started) / 1e9, result));
      return result;
    }

    /**
     * Writes a page about the run as far as it came, and returns its place as people read it; empty
     * where settings turn it off or, which is said, it cannot be made: what the run did counts.
     *
     * @param lake as the run leaves it
     * @param failure that ended the run
     */
    Optional<String> page(Supplier<LakeView> lake, Optional<Throwable> failure) {
      if (!context.settings().flag(Setting.REPORT_PAGE)) {
        return Optional.empty();
      }
      try {
        LakeView view = lake.get();
        RunNote note = new RunNote(Json.mapper().valueToTree(Shapes.of(report(failure))));
        RunSurvey survey =
            new RunSurvey(view, note, view, List.of(), context.hadoopConf(), PICTURES);
        return Optional.of(log().page(context.run().id(), survey.page()).toString());
      } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
        if (!isBeforeLake(e, failure)) {
          progress.say("no page about the run: " + Failure.of(e).message());
        }
        return Optional.empty();
      }
    }

    /** Whether a run was refused before there was anything to show. */
    private static boolean isBeforeLake(Throwable noPage, Optional<Throwable> failure) {
      return failure.isPresent()
          && noPage instanceof LakehouseException e
          && e.code() == ErrorCode.LAKE_MISSING;
    }

    /** Keeps where the items stand now for the report. */
    void states(Map<String, Long> counted) {
      this.states = counted;
    }

    private Map<String, Long> versions() {
      return new TreeMap<>(
          context.versions(LakeSchema.TABLES.toArray(dev.lakehouse.core.Table[]::new)));
    }

    private RunReport report(Optional<Throwable> failure) {
      return new RunReport(
          context.run().id(),
          command,
          layout.root(),
          context.run().startedAt().toString(),
          clock.instant().toString(),
          failure.map(each -> Failure.of(each).exitCode()).orElse(0),
          failure.map(this::error).orElse(null),
          done,
          before,
          versions(),
          states);
    }

    private Map<String, String> error(Throwable failure) {
      Failure told = Failure.of(failure);
      return Map.of(
          "class", failure.getClass().getName(),
          "code", told.code().name(),
          "message", told.message());
    }
  }
}
