// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.watch.state.LakeView;
import dev.lakehouse.jobs.IdleRuns;
import dev.lakehouse.jobs.Lakehouse;
import dev.lakehouse.jobs.command.option.CommonOptions;
import dev.lakehouse.jobs.command.option.LakePlace;
import dev.lakehouse.jobs.command.terminal.Report;
import dev.lakehouse.jobs.command.terminal.Screen;
import dev.lakehouse.jobs.lake.Progress;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command: turns arguments into one call of the library and its result into a {@link Report}.
 *
 * <p>No field and no method signature of a command names a class of Spark, so that {@code --help}
 * and the commands that need no Spark start without its jars.
 */
abstract class LakehouseCommand implements Callable<Integer> {
  @Mixin CommonOptions common = new CommonOptions();

  @Spec CommandSpec spec = CommandSpec.create();

  private Progress screen = Progress.silent();

  /** Does the work. */
  abstract Report report();

  @Override
  public final Integer call() {
    Report report = reported();
    PrintWriter out = spec.commandLine().getOut();
    Optional<Settings.Effective> lake = common.whichLake();
    if (common.json()) {
      out.println(Json.pretty(lake.map(found -> with(found, report.json())).orElse(report.json())));
    } else {
      report.lines().forEach(out::println);
      lake.map(LakehouseCommand::words).ifPresent(out::println);
      report.ending().ifPresent(out::println);
    }
    out.flush();
    return report.exitCode();
  }

  private Report reported() {
    try (Screen opened = Screen.open(spec.commandLine().getErr(), common)) {
      screen = opened;
      return report();
    }
  }

  /** Which lake an answer is about is part of every answer. */
  private static Object with(Settings.Effective lake, Object json) {
    JsonNode answer = Json.mapper().valueToTree(json);
    if (answer instanceof ObjectNode whole && !whole.has("lake")) {
      whole.putObject("lake").put("uri", lake.value()).put("named_by", lake.origin());
    }
    return answer;
  }

  private static String words(Settings.Effective lake) {
    return "lake     %s (%s)".formatted(lake.value().replaceFirst("^file:", ""), lake.origin());
  }

  /** The lake that the options name, which must be there, in a Spark session of this process. */
  final Lakehouse lakehouse() {
    return OpenLake.existing(common, spec.name(), screen);
  }

  /** The same lake, which may come to be now. */
  final Lakehouse newLakehouse() {
    return OpenLake.created(common, spec.name(), screen);
  }

  /** What a run of that lake that has nothing to do answers; empty where Spark has to look. */
  final <T> Optional<T> idle(Function<IdleRuns, Optional<T>> run) {
    if (!JvmOwner.ofProcess().mayEndWithoutSpark()) {
      return Optional.empty();
    }
    Settings settings = common.settings();
    LakeLayout layout = LakeLayout.of(common.lake(), settings);
    screen.stage("looking for what changed");
    Optional<T> answer = run.apply(new IdleRuns(layout, settings, common.hadoop()));
    answer.ifPresent(any -> settings.remarks().forEach(screen::say));
    return answer;
  }

  /** The same lake for those who only look; starts no Spark. */
  final LakeView view() {
    Map<String, String> hadoop = common.hadoop();
    Configuration configuration = HadoopSettings.configuration(hadoop);
    Settings settings = common.settings();
    LakeLayout layout = LakeLayout.of(common.lake(), settings);
    LakePlace.requireLake(layout);
    return LakeView.of(layout, settings, common.models(hadoop), configuration, Map.of());
  }

  /** Tells people, never programs, how the work goes. */
  final void progress(String message) {
    screen.say(message);
  }
}
