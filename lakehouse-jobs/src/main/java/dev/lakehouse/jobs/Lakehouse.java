// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.content.IngestPlan;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.search.Filter;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.content.IngestResult;
import dev.lakehouse.jobs.curate.MeasureStage;
import dev.lakehouse.jobs.lake.LakeTables;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.Publication;
import dev.lakehouse.jobs.lake.PublishOptions;
import dev.lakehouse.jobs.lake.PublishResult;
import dev.lakehouse.jobs.lake.ReleaseFamilies;
import dev.lakehouse.jobs.lake.ReleaseLog;
import dev.lakehouse.jobs.pipeline.DedupStep;
import dev.lakehouse.jobs.pipeline.ErrorShare;
import dev.lakehouse.jobs.pipeline.Families;
import dev.lakehouse.jobs.pipeline.FamilyStep;
import dev.lakehouse.jobs.pipeline.GcOptions;
import dev.lakehouse.jobs.pipeline.GcResult;
import dev.lakehouse.jobs.pipeline.GcStep;
import dev.lakehouse.jobs.pipeline.IngestStep;
import dev.lakehouse.jobs.pipeline.JudgeResult;
import dev.lakehouse.jobs.pipeline.JudgeStep;
import dev.lakehouse.jobs.pipeline.LakeContext;
import dev.lakehouse.jobs.pipeline.MeasureStep;
import dev.lakehouse.jobs.pipeline.PolicyFiles;
import dev.lakehouse.jobs.pipeline.Repair;
import dev.lakehouse.jobs.pipeline.RepairStep;
import dev.lakehouse.jobs.pipeline.ReviewStep;
import dev.lakehouse.jobs.pipeline.Scope;
import dev.lakehouse.jobs.pipeline.StepCounts;
import dev.lakehouse.jobs.torture.HaltAfter;
import dev.lakehouse.jobs.watch.Audit;
import dev.lakehouse.jobs.watch.AuditReport;
import dev.lakehouse.jobs.watch.DeadLetters;
import dev.lakehouse.jobs.watch.LakeStatus;
import dev.lakehouse.jobs.watch.Sample;
import dev.lakehouse.jobs.watch.TablePage;
import dev.lakehouse.jobs.watch.TableView;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/**
 * A lake, for notebooks and other jobs: the operations of the commands as calls.
 *
 * <p>Each call is a run of its own and leaves a report below {@code runs/}. No call ever leaves the
 * JVM or stops the session that it was given. Calls of one object are made one after the other.
 *
 * <pre>{@code
 * Lakehouse lake = Lakehouse.open(spark, "s3a://bucket/lake");
 * lake.ingest(source, IngestOptions.defaults());
 * lake.measure(Scope.CHANGED);
 * lake.dedup(Scope.CHANGED);
 * lake.judge(Optional.empty(), Scope.CHANGED);
 * lake.embed(List.of("text"), Optional.empty());
 * lake.publish(PublishOptions.from(settings));
 * }</pre>
 */
public final class Lakehouse {
  private final LakeTables tables;
  private final LakeLayout layout;
  private final Settings settings;
  private final Progress progress;
  private final Runs runs;

  private Lakehouse(LakeTables tables, LakeLayout layout, Settings settings, Progress progress) {
    this.tables = tables;
    this.layout = layout;
    this.settings = settings;
    this.progress = progress;
    this.runs = new Runs(tables, layout, settings, progress);
  }

  /** Opens a lake with the settings that the session holds. */
  public static Lakehouse open(SparkSession spark, String uri) {
    Map<String, String> conf = scala.collection.JavaConverters.mapAsJavaMap(spark.conf().getAll());
    return open(spark, uri, Settings.defaults().orElseSpark(conf), Progress.silent());
  }

  /**
   * Opens a lake; nothing is read or made yet.
   *
   * @param uri a folder or a URI
   * @param settings in force
   * @param progress hears how far work has come
   */
  public static Lakehouse open(
      SparkSession spark, String uri, Settings settings, Progress progress) {
    LakeLayout layout = LakeLayout.of(uri, settings);
    return new Lakehouse(new LakeTables(spark, layout::table), layout, settings, progress);
  }

  /** Where the parts of the lake are. */
  public LakeLayout layout() {
    return layout;
  }

  /** What the session says to Hadoop beyond its defaults. */
  Map<String, String> hadoopConf() {
    return runs.context().hadoopConf();
  }

  /** Brings a source in. */
  public IngestResult ingest(Source source, IngestOptions options) {
    return runs.record("ingest", steps -> ingest(steps, source, options));
  }

  private IngestResult ingest(Runs.Steps steps, Source source, IngestOptions options) {
    LakeContext context = steps.context();
    IngestResult result =
        steps.step(
            "ingest",
            () -> {
              IngestPlan plan =
                  new IngestPlan(
                      context.blobs(),
                      options.blobs(),
                      Limits.from(settings),
                      context.hadoopConf(),
                      context.run().id(),
                      context.run().startedAt());
              return new IngestStep(tables, plan, progress).run(source, options.vanished());
            });
    new ErrorShare("ingest", result.seen(), result.deadLetters())
        .require(settings, Setting.ERRORS_MAX_SHARE_INGEST);
    return result;
  }

  /** Measures what has no measurement yet. */
  public StepCounts measure(Scope scope) {
    return runs.recordOnLake("measure", steps -> measure(steps, scope));
  }

  private StepCounts measure(Runs.Steps steps, Scope scope) {
    LakeContext context = steps.context();
    context.requireLake();
    MeasureStage stage = measureStage(context);
    StepCounts counts =
        steps.step(
            "measure",
            () -> new MeasureStep(tables, context.waves(), context.run().id()).run(stage, scope));
    counts.errors("measure").require(settings, Setting.ERRORS_MAX_SHARE_MEASURE);
    return counts;
  }

  /** Finds duplicates. */
  public DedupStep.Result dedup(Scope scope) {
    return runs.recordOnLake("dedup", steps -> dedup(steps, scope));
  }

  private DedupStep.Result dedup(Runs.Steps steps, Scope scope) {
    steps.context().requireLake();
    return steps.step("dedup", () -> new DedupStep(steps.context()).run(scope));
  }

  /**
   * Judges the corpus.
   *
   * @param policy empty for the one in force
   */
  public JudgeResult judge(Optional<Policy> policy, Scope scope) {
    return runs.recordOnLake("judge", steps -> judge(steps, policy, scope));
  }

  private JudgeResult judge(Runs.Steps steps, Optional<Policy> policy, Scope scope) {
    steps.context().requireLake();
    PolicyFiles files = new PolicyFiles(layout.policies(), hadoop());
    Policy chosen = policy.orElseGet(() -> files.inForce(settings));
    return steps.step("judge", () -> new JudgeStep(steps.context(), files).run(chosen, scope));
  }

  /** What waits for a reviewer, at most so many. */
  public List<ReviewStep.Waiting> waiting(int limit) {
    return new ReviewStep(opened("review list")).waiting(limit);
  }

  /**
   * Keeps a reviewer's decision; the next judgement reads it.
   *
   * @param assets ids or source URIs
   * @return how many assets it concerns
   */
  public int decide(
      List<String> assets, ReviewStep.Decision decision, String reason, String reviewer) {
    return runs.recordOnLake(
        "review",
        steps -> {
          steps.context().requireLake();
          ReviewStep review = new ReviewStep(steps.context());
          return steps.step("review", () -> review.decide(assets, decision, reason, reviewer));
        });
  }

  /**
   * Embeds what passed and has no vector yet.
   *
   * @param families empty for all that are on
   * @param where which of the passed assets
   */
  public Map<String, StepCounts> embed(List<String> families, Optional<Filter> where) {
    return runs.recordOnLake("embed", steps -> embed(steps, families, where));
  }

  private Map<String, StepCounts> embed(
      Runs.Steps steps, List<String> families, Optional<Filter> where) {
    LakeContext context = steps.context();
    context.requireLake();
    Column chosen = where.map(filter -> expr(filter.toSpark())).orElse(lit(true));
    Families on = new Families(context);
    List<String> asked =
        families.isEmpty()
            ? Families.ALL.stream().filter(family -> on.bundle(family).isPresent()).toList()
            : families;
    Map<String, StepCounts> counts = new LinkedHashMap<>();
    for (String family : asked) {
      counts.put(
          family, steps.step("embed " + family, () -> new FamilyStep(context).run(family, chosen)));
    }
    counts.forEach(
        (family, count) ->
            count.errors("embed " + family).require(settings, Setting.ERRORS_MAX_SHARE_EMBED));
    return counts;
  }

  /** Makes what passed the current release. */
  public PublishResult publish(PublishOptions options) {
    return runs.recordOnLake("publish", steps -> publish(steps, options));
  }

  private PublishResult publish(Runs.Steps steps, PublishOptions options) {
    LakeContext context = steps.context();
    context.requireLake();
    ReleaseFamilies families = ReleaseFamilies.of(settings, context.models(), tables);
    return steps.step(
        "publish",
        () ->
            new Publication(tables, layout, context.run(), progress, HaltAfter.told())
                .publish(families, options));
  }

  /** Every release, withdrawn ones too, oldest first. */
  public List<Release> releases() {
    opened("release list");
    return new ReleaseLog(tables, layout).all();
  }

  /** The release that readers start from, if there is one. */
  public Optional<Release> current() {
    opened("release");
    return new ReleaseLog(tables, layout).current();
  }

  /** Withdraws the current release; readers start from the one before. */
  public Release rollback() {
    return runs.recordOnLake(
        "release rollback",
        steps -> {
          steps.context().requireLake();
          return steps.step(
              "rollback", () -> new ReleaseLog(tables, layout).withdraw(steps.context().run()));
        });
  }

  /**
   * What a whole run did.
   *
   * @param run its id
   * @param report where its report is
   * @param ingested one result for each source
   * @param measured what was measured
   * @param duplicates what is double
   * @param judged the final judgement
   * @param embedded by family
   * @param published the release
   * @param status of the lake afterwards
   */
  public record RunResult(
      String run,
      String report,
      List<IngestResult> ingested,
      StepCounts measured,
      DedupStep.Result duplicates,
      JudgeResult judged,
      Map<String, StepCounts> embedded,
      PublishResult published,
      LakeStatus status) {}

  /**
   * A source and how to take it in.
   *
   * @param source where items come from
   * @param options how to ingest them
   */
  public record Intake(Source source, IngestOptions options) {}

  /**
   * Everything in order; steps with nothing to do commit nothing, so that running again after a
   * crash finishes the job.
   */
  public RunResult run(List<Intake> intakes, PublishOptions publish) {
    return intakes.isEmpty()
        ? runs.recordOnLake("run", steps -> run(steps, intakes, publish))
        : runs.record("run", steps -> run(steps, intakes, publish));
  }

  private RunResult run(Runs.Steps steps, List<Intake> intakes, PublishOptions publish) {
    List<IngestResult> ingested = new ArrayList<>();
    for (Intake intake : intakes) {
      ingested.add(ingest(steps, intake.source(), intake.options()));
    }
    StepCounts measured = measure(steps, Scope.CHANGED);
    DedupStep.Result duplicates = dedup(steps, Scope.CHANGED);
    JudgeResult first = judge(steps, Optional.empty(), Scope.CHANGED);
    Map<String, StepCounts> embedded = embed(steps, List.of(), Optional.empty());
    // nothing enters a release that was not judged after everything was derived from it
    JudgeResult last = judge(steps, Optional.empty(), Scope.CHANGED);
    JudgeResult judged = first.judgementId().equals(last.judgementId()) ? first : last;
    PublishResult published = publish(steps, publish);
    LakeStatus status = status();
    steps.states(status.states());
    String run = steps.context().run().id();
    return new RunResult(
        run, runs.place(run), ingested, measured, duplicates, judged, embedded, published, status);
  }

  /** Where the lake stands. */
  public LakeStatus status() {
    ReleaseFamilies families = families(opened("status"));
    return LakeStatus.of(tables, families, new ReleaseLog(tables, layout).all());
  }

  private ReleaseFamilies families(LakeContext context) {
    return ReleaseFamilies.known(settings, context.models(), tables);
  }

  /**
   * Rows of a table.
   *
   * @param name of the table; {@code runs} lists the runs
   * @param where a condition in the grammar of {@link Filter}
   * @param columns to show; all where empty
   * @param limit rows at most
   */
  public TablePage table(String name, Optional<String> where, List<String> columns, int limit) {
    DeadLetters deadLetters = DeadLetters.of(tables, families(opened("table")));
    return new TableView(tables, deadLetters, runs.log()).read(name, where, columns, limit);
  }

  /**
   * Re-derives why each row of a release may be trusted.
   *
   * @param all every release that was not withdrawn, not only the current one
   * @param sample of which contents to read the bytes
   * @return a report for each release, oldest first; empty where nothing is released
   */
  public List<AuditReport> audit(boolean all, Sample sample) {
    LakeContext context = opened("audit");
    ReleaseLog releases = new ReleaseLog(tables, layout);
    List<Release> chosen =
        all
            ? releases.all().stream().filter(Release::isReleased).toList()
            : releases.current().stream().toList();
    Audit audit = new Audit(tables, layout, context.contents(), measureStage(context), progress);
    return chosen.stream().map(release -> audit.of(release, sample)).toList();
  }

  private MeasureStage measureStage(LakeContext context) {
    return new MeasureStage(context.contents(), Limits.from(settings), context.run().id());
  }

  /**
   * Undoes what somebody else did to tables and blobs that cannot be computed again.
   *
   * @param apply false to only say what would be done
   * @return what was found, each with what is done about it
   */
  public List<Repair> repair(boolean apply) {
    if (!apply) {
      return new RepairStep(opened("repair"), progress).find();
    }
    return runs.recordOnLake(
        "repair",
        steps -> steps.step("repair", () -> new RepairStep(steps.context(), progress).apply()));
  }

  /** Lists what nobody needs any more and, if asked, removes it. */
  public GcResult gc(GcOptions options) {
    return gc(options, Clock.systemUTC());
  }

  /** The same at another time; for tests, whose leftovers are young. */
  GcResult gc(GcOptions options, Clock clock) {
    return options.mode() == GcOptions.Mode.DRY_RUN
        ? gc(opened("gc"), options, clock)
        : runs.recordOnLake(
            "gc", steps -> steps.step("gc", () -> gc(steps.context(), options, clock)));
  }

  private GcResult gc(LakeContext context, GcOptions options, Clock clock) {
    Instant horizon = clock.instant().minus(options.olderThan());
    return new GcStep(context, options, runs.underway(horizon, context.run())).run();
  }

  private LakeContext opened(String command) {
    LakeContext context = runs.context();
    context.describe(command);
    context.requireLake();
    return context;
  }

  private Configuration hadoop() {
    return tables.spark().sessionState().newHadoopConf();
  }
}
