// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.bundle.speech.SpeechModel;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.content.intake.IngestPlan;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.filter.Filter;
import dev.lakehouse.core.lake.Kept.KeptPolicy;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.ReleaseReader;
import dev.lakehouse.core.watch.state.LakeStatus;
import dev.lakehouse.core.watch.state.LakeView;
import dev.lakehouse.core.watch.state.TableView;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.content.IngestResult;
import dev.lakehouse.jobs.lake.release.Publication;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.lake.release.PublishResult;
import dev.lakehouse.jobs.lake.release.ReleaseFamilies;
import dev.lakehouse.jobs.pipeline.DedupStep;
import dev.lakehouse.jobs.pipeline.DeriveStep;
import dev.lakehouse.jobs.pipeline.EnclosedStep;
import dev.lakehouse.jobs.pipeline.ErrorShare;
import dev.lakehouse.jobs.pipeline.IngestStep;
import dev.lakehouse.jobs.pipeline.JudgeResult;
import dev.lakehouse.jobs.pipeline.JudgeStep;
import dev.lakehouse.jobs.pipeline.LakeContext;
import dev.lakehouse.jobs.pipeline.MapRequest;
import dev.lakehouse.jobs.pipeline.MapResult;
import dev.lakehouse.jobs.pipeline.MapStep;
import dev.lakehouse.jobs.pipeline.MeasureStep;
import dev.lakehouse.jobs.pipeline.PolicyFiles;
import dev.lakehouse.jobs.pipeline.Scope;
import dev.lakehouse.jobs.pipeline.StepCounts;
import dev.lakehouse.jobs.pipeline.embed.EmbedResult;
import dev.lakehouse.jobs.pipeline.embed.Families;
import dev.lakehouse.jobs.pipeline.embed.FamilyStep;
import dev.lakehouse.jobs.torture.HaltAfter;
import dev.lakehouse.jobs.watch.TableRows;
import dev.lakehouse.jobs.watch.settled.Settled;
import dev.lakehouse.udfs.embed.EmbedOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;

/** The stages of one run, each with the checks that decide whether the run may go on. */
final class Stages {
  private final Runs.Steps steps;
  private final LakeContext context;
  private final Settings settings;
  private final Map<String, String> encoders = new HashMap<>(); // of this run, by family
  private boolean saidModels;

  Stages(Runs.Steps steps) {
    this.steps = steps;
    this.context = steps.context();
    this.settings = context.settings();
  }

  IngestResult ingest(Source source, IngestOptions options) {
    IngestResult result =
        steps.step(
            "ingest",
            () ->
                new IngestStep(context.tables(), plan(options), context.progress())
                    .run(source, options.vanished(), options.known()));
    new ErrorShare("ingest", result.seen(), result.deadLetters())
        .require(settings, Setting.ERRORS_MAX_SHARE_INGEST);
    return result;
  }

  private IngestPlan plan(IngestOptions options) {
    return IngestPlan.under(
        settings,
        context.blobs(),
        options.blobs(),
        context.hadoopConf(),
        context.run().id(),
        context.run().startedAt());
  }

  /**
   * What was derived, and what of that came into the lake as assets.
   *
   * @param enclosed in documents
   */
  record Derivation(StepCounts counts, IngestResult enclosed) {}

  Derivation derive(Scope scope) {
    context.requireLake();
    Derivation derived = steps.step("derive", () -> deriveAll(scope));
    derived.counts().errors("derive").require(settings, Setting.ERRORS_MAX_SHARE_MEASURE);
    return derived;
  }

  /** Until no document is left that came out of another. */
  private Derivation deriveAll(Scope scope) {
    DeriveStep step = new DeriveStep(context.tables(), context.waves(), context.run().id());
    StepCounts counts = step.run(context.deriveStage(), scope);
    IngestResult enclosed = new EnclosedStep(context).run();
    for (IngestResult more = enclosed; more.added() + more.updated() > 0; ) {
      counts = step.run(context.deriveStage(), Scope.CHANGED);
      more = new EnclosedStep(context).run();
      enclosed = enclosed.then(more);
    }
    return new Derivation(counts, enclosed);
  }

  StepCounts measure(Scope scope) {
    context.requireLake();
    MeasureStep step =
        new MeasureStep(
            context.tables(), context.waves(), context.derivers().names(), context.run().id());
    StepCounts counts = steps.step("measure", () -> step.run(context.measureStage(), scope));
    counts.errors("measure").require(settings, Setting.ERRORS_MAX_SHARE_MEASURE);
    return counts;
  }

  DedupStep.Result dedup(Scope scope) {
    context.requireLake();
    return steps.step("dedup", () -> new DedupStep(context).run(scope));
  }

  JudgeResult judge(Optional<Policy> policy, Scope scope) {
    context.requireLake();
    Policy chosen = policy.orElseGet(this::policyInForce);
    return steps.step("judge", () -> new JudgeStep(context, policies()).run(chosen, scope));
  }

  private PolicyFiles policies() {
    return PolicyFiles.of(context.layout(), context.spark().sessionState().newHadoopConf());
  }

  private Policy policyInForce() {
    return policies().inForce(settings, context.inForce().now());
  }

  Map<String, EmbedResult> embed(List<String> families, Optional<Filter> where, Scope scope) {
    context.requireLake();
    Column chosen = where.map(filter -> expr(filter.toSpark())).orElse(lit(true));
    Map<String, EmbedResult> counts = new LinkedHashMap<>();
    List<String> asked = families.isEmpty() ? familiesThatAreOn() : families;
    Families models = new Families(context);
    models.requirePrecision(asked);
    Map<String, String> digests = models.digests(asked);
    sayModels(asked, digests);
    for (String family : asked) {
      counts.put(
          family,
          steps.step("embed " + family, () -> new FamilyStep(context).run(family, chosen, scope)));
    }
    counts.forEach((family, count) -> encoders.put(family, count.encoder()));
    counts.forEach(
        (family, count) ->
            count
                .counts()
                .errors("embed " + family)
                .require(settings, Setting.ERRORS_MAX_SHARE_EMBED));
    models.keep(asked, digests); // nothing is in force that never ran
    return counts;
  }

  private void sayModels(List<String> families, Map<String, String> digests) {
    if (!saidModels) {
      new Families(context).say(families, digests);
      saidModels = true;
    }
  }

  private List<String> familiesThatAreOn() {
    return new Families(context).on();
  }

  PublishResult publish(PublishOptions options) {
    context.requireLake();
    ReleaseFamilies families =
        ReleaseFamilies.of(settings, context.models(), context.tables(), encoders);
    Families models = new Families(context);
    sayModels(models.names(), families.bundles());
    models.keep(models.names(), families.bundles());
    Publication publication =
        new Publication(
            context.tables(),
            context.layout(),
            context.run(),
            context.progress(),
            HaltAfter.told());
    PublishResult result = steps.step("publish", () -> publication.publish(families, options));
    return result.without(
        ReleaseReader.unsearchable(
            context.layout(), result.release(), context.spark().sessionState().newHadoopConf()));
  }

  Release rollback() {
    context.requireLake();
    return steps.step("rollback", () -> context.releases().withdraw(context.run()));
  }

  MapResult mapBatches(MapRequest request) {
    return steps.step("map-batches", () -> map(request));
  }

  private MapResult map(MapRequest request) {
    TableView view = Looking.at(context, Map.of()).tables();
    TableRows rows = TableRows.of(context.tables(), view, request.table(), request.where());
    return new MapStep(context).run(request.orKeep(rows.key()), rows.rows(), rows.version());
  }

  /** Everything in order. */
  RunResult run(List<Intake> intakes, PublishOptions publish, Optional<Policy> policy) {
    sayWhatIsWrongOrReplaced(policy);
    List<IngestResult> ingested = new ArrayList<>();
    for (Intake intake : intakes) {
      ingested.add(ingest(intake.source(), intake.options()));
    }
    requireAnything(ingested);
    Derivation derived = derive(Scope.CHANGED);
    if (derived.enclosed().seen() > 0) {
      ingested.add(derived.enclosed());
    }
    StepCounts measured = measure(Scope.CHANGED);
    DedupStep.Result duplicates = dedup(Scope.CHANGED);
    JudgeResult first = judge(policy, Scope.CHANGED);
    Map<String, EmbedResult> embedded = embed(List.of(), Optional.empty(), Scope.CHANGED);
    // nothing enters a release that was not judged after everything was derived from it
    JudgeResult last = judge(policy, Scope.CHANGED);
    JudgeResult judged = first.judgementId().equals(last.judgementId()) ? first : last;
    PublishResult published = publish(publish);
    LakeView view = Looking.at(context, encoders);
    LakeStatus status = view.status();
    steps.states(status.states());
    Optional<String> page = steps.step("report", () -> steps.page(() -> view, Optional.empty()));
    RunResult result =
        new RunResult(
            context.run().id(),
            steps.place(),
            page,
            ingested,
            derived.counts(),
            measured,
            duplicates,
            judged,
            embedded,
            published,
            status);
    leaveNote(result, intakes.size(), publish, policy);
    return result;
  }

  /** For the next run; what this one did counts, whether the note can be written or not. */
  private void leaveNote(
      RunResult result, int sources, PublishOptions publish, Optional<Policy> policy) {
    Optional<Settled> note =
        new IdleRuns(context.layout(), settings, context.hadoopConf())
            .note(result, sources, publish, policy);
    try {
      if (note.isPresent()) {
        note.get().leave(context.layout(), context.spark().sessionState().newHadoopConf());
      }
    } catch (IOException e) {
      context.progress().detail("no note for the next run: " + e.getMessage());
    }
  }

  /** Before any work. */
  private void sayWhatIsWrongOrReplaced(Optional<Policy> policy) {
    EmbedOptions.from(settings.requireNumbers(), context.run().id());
    boolean unused = settings.flag(Setting.REPORT_PAGE);
    context.derivers();
    Optional<SpeechModel> unusedSpeech = context.speech();
    new Families(context).requirePrecision(familiesThatAreOn());
    if (context.tables().exist()) {
      replace(policy.orElseGet(this::policyInForce));
    }
  }

  /** A wrong folder or pattern is the likely reason, and to be said before anything else is. */
  private void requireAnything(List<IngestResult> ingested) {
    if (!ingested.isEmpty()
        && ingested.stream().allMatch(result -> result.seen() == 0)
        && context.tables().table(Tables.ASSETS).rows().isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.NOTHING_FIT,
          "Nothing to take in: expected files or rows in %s but found none. Check --path and"
              + " --glob; nothing was published",
          ingested.stream().map(IngestResult::source).collect(Collectors.joining(", ")));
    }
  }

  private void replace(Policy policy) {
    Optional<KeptPolicy> kept = context.inForce().now().policy();
    if (kept.filter(before -> !before.digest().equals(policy.digest())).isPresent()) {
      new JudgeStep(context, policies()).accept(policy);
    }
    Families models = new Families(context);
    sayModels(models.names(), models.digests(models.names()));
  }
}
