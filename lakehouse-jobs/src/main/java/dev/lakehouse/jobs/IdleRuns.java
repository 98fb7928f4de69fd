// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Shapes;
import dev.lakehouse.core.access.HadoopSettings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.PrecisionWish;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.intake.IngestPlan;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.lake.Kept;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.LakeMemory;
import dev.lakehouse.core.lake.LakeSchema;
import dev.lakehouse.core.watch.state.ItemState;
import dev.lakehouse.core.watch.state.LakeStatus;
import dev.lakehouse.core.watch.state.LakeView;
import dev.lakehouse.jobs.content.IngestResult;
import dev.lakehouse.jobs.lake.Run;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.pipeline.ErrorShare;
import dev.lakehouse.jobs.pipeline.PolicyFiles;
import dev.lakehouse.jobs.watch.RunLog;
import dev.lakehouse.jobs.watch.RunReport;
import dev.lakehouse.jobs.watch.settled.Asked;
import dev.lakehouse.jobs.watch.settled.Settled;
import dev.lakehouse.jobs.watch.settled.UnchangedSource;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;

/**
 * Runs that turn out to have nothing to do, told without Spark. Each is a run all the same and
 * leaves a report.
 */
public final class IdleRuns {
  private final LakeLayout layout;
  private final Settings given;
  private final Map<String, String> hadoopConf;
  private final Configuration hadoop;

  /**
   * Those of a lake.
   *
   * @param given settings; those that the lake keeps come under them
   * @param hadoopConf settings of the storage beyond its defaults
   */
  public IdleRuns(LakeLayout layout, Settings given, Map<String, String> hadoopConf) {
    this.layout = layout;
    this.given = given;
    this.hadoopConf = Map.copyOf(hadoopConf);
    this.hadoop = HadoopSettings.configuration(hadoopConf);
  }

  /**
   * What there is to say of a whole run.
   *
   * @param json in the shape of {@link RunResult}
   * @param ingested a result for each source
   * @param status of the lake
   * @param unsearchable what of the release no family can search
   * @param report where more is to be seen
   */
  public record Answer(
      Object json,
      List<IngestResult> ingested,
      LakeStatus status,
      Optional<String> unsearchable,
      String report) {}

  /**
   * The answer of an ingest that has nothing to do; empty where it may have.
   *
   * @param intake opens the source
   */
  public Optional<IngestResult> ingest(Supplier<Intake> intake) {
    return seen(
        view -> {
          Idle idle = new Idle("ingest", view);
          Optional<IngestResult> unread = idle.ingest(intake.get());
          unread.ifPresent(result -> idle.end(Map.of()));
          return unread;
        });
  }

  /**
   * The answer of a whole run that has nothing to do: nothing that it goes by is other than when
   * the last one ended, and its sources have nothing new. Empty where it may have something to do,
   * or where it takes Spark to see.
   *
   * @param intakes opens the sources, which nobody has to without need
   * @param policy that it was told; empty for the one in force
   */
  public Optional<Answer> run(
      Supplier<List<Intake>> intakes, PublishOptions publish, Optional<Policy> policy) {
    return seen(
        view ->
            Settled.find(layout, hadoop)
                .filter(note -> note.holds(view.versions()))
                .filter(note -> note.isOf(asked(view.settings(), publish, policy)))
                .flatMap(note -> answer(note, new Idle(Runs.WHOLE_RUN, view), intakes.get())));
  }

  /**
   * What a look at the lake gives; nothing where it fails, for whatever reason: the run itself
   * mends what a crash left half done, has storage that only Spark was told of, or says what is
   * wrong.
   */
  private <T> Optional<T> seen(Function<LakeView, Optional<T>> look) {
    try {
      return look.apply(LakeView.of(layout, given, models(), hadoop, Map.of()));
    } catch (RuntimeException | LinkageError e) {
      return Optional.empty();
    }
  }

  private ModelsRoot models() {
    return new ModelsRoot(layout.modelsUri(), hadoopConf);
  }

  private String asked(Settings settings, PublishOptions publish, Optional<Policy> policy) {
    Kept kept = LakeMemory.of(layout, hadoop).now();
    Policy judging = policy.orElseGet(() -> PolicyFiles.of(layout, hadoop).inForce(settings, kept));
    return new Asked(layout, settings, judging.digest(), publish).digest(kept, models());
  }

  private Optional<Answer> answer(Settled settled, Idle idle, List<Intake> intakes) {
    List<IngestResult> ingested = new ArrayList<>();
    for (Intake intake : intakes) {
      Optional<IngestResult> unread = idle.ingest(intake);
      if (unread.isEmpty()) {
        return Optional.empty();
      }
      ingested.add(unread.get());
    }
    LakeStatus status = idle.view.status();
    String report = idle.end(status.states());
    ObjectNode json = settled.answer().deepCopy();
    ArrayNode all = json.putArray("ingested");
    ingested.forEach(each -> all.add(tree(each)));
    settled.answer().path("ingested").forEach(all::add);
    json.put("run", idle.run.id());
    json.put("report", report);
    json.set("status", tree(status));
    return Optional.of(
        new Answer(
            json,
            ingested,
            status,
            Optional.ofNullable(json.at("/published/unsearchable").textValue()),
            json.path("page").asText(report)));
  }

  private static JsonNode tree(Object result) {
    return Json.mapper().valueToTree(Shapes.of(result));
  }

  /** A run that has done nothing yet, and perhaps never will. */
  private final class Idle {
    private final String command;
    private final LakeView view;
    private final Run run = Run.start(Clock.systemUTC());
    private final List<RunReport.Step> steps = new ArrayList<>();

    Idle(String command, LakeView view) {
      this.command = command;
      this.view = view;
    }

    /** Empty where the source may have something to do. */
    Optional<IngestResult> ingest(Intake intake) {
      long began = System.nanoTime();
      Optional<IngestResult> unread =
          new UnchangedSource(intake.source(), intake.options(), plan(intake))
              .look(view.lake())
              .filter(this::isBearable);
      unread.ifPresent(
          result ->
              steps.add(new RunReport.Step("ingest", (System.nanoTime() - began) / 1e9, result)));
      return unread;
    }

    private boolean isBearable(IngestResult unread) {
      return new ErrorShare("ingest", unread.seen(), unread.deadLetters())
          .refusal(view.settings(), Setting.ERRORS_MAX_SHARE_INGEST)
          .isEmpty();
    }

    private IngestPlan plan(Intake intake) {
      return IngestPlan.under(
          view.settings(),
          BlobStores.at(layout.blobsUri(), hadoopConf),
          intake.options().blobs(),
          hadoopConf,
          run.id(),
          run.startedAt());
    }

    /** Leaves its report, and says where. */
    String end(Map<String, Long> states) {
      Map<String, Long> versions = new TreeMap<>();
      LakeSchema.TABLES.forEach(table -> versions.put(table.name(), view.lake().version(table)));
      RunLog log = new RunLog(layout.runs(), hadoop);
      log.ended(
          new RunReport(
              run.id(),
              command,
              layout.root(),
              run.startedAt().toString(),
              Instant.now().toString(),
              0,
              null,
              steps,
              versions,
              versions,
              states));
      return log.place(run.id()).toString();
    }
  }

  /**
   * The note that a whole run leaves at its end, from which the next one may see that it has
   * nothing to do; none where the next one has something to do, or might on another machine.
   *
   * @param result of the run
   * @param sources how many it had
   */
  Optional<Settled> note(
      RunResult result, int sources, PublishOptions publish, Optional<Policy> policy) {
    LakeStatus status = result.status();
    boolean still =
        status.next().isNothing() && !status.unjudged() && status.count(ItemState.PENDING) == 0;
    boolean anywhere = !PrecisionWish.from(given).isAuto();
    if (!still || !anywhere || publish.mode() != PublishOptions.Mode.CONTINUE) {
      return Optional.empty();
    }
    ObjectNode answer = (ObjectNode) tree(result.again());
    ArrayNode ingested = (ArrayNode) answer.get("ingested");
    for (int i = 0; i < sources; i++) {
      ingested.remove(0); // only the sources can tell
    }
    answer.remove("status");
    return Optional.of(new Settled(asked(given, publish, policy), status.tables(), answer));
  }
}
