// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.filter.Filter;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.core.watch.state.LakeStatus;
import dev.lakehouse.core.watch.state.ReasonPage;
import dev.lakehouse.core.watch.state.TablePage;
import dev.lakehouse.core.watch.state.WaitingPage;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.content.IngestResult;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.jobs.lake.release.PublishOptions;
import dev.lakehouse.jobs.lake.release.PublishResult;
import dev.lakehouse.jobs.pipeline.DedupStep;
import dev.lakehouse.jobs.pipeline.JudgeResult;
import dev.lakehouse.jobs.pipeline.LakeContext;
import dev.lakehouse.jobs.pipeline.MapRequest;
import dev.lakehouse.jobs.pipeline.MapResult;
import dev.lakehouse.jobs.pipeline.ReviewStep;
import dev.lakehouse.jobs.pipeline.Scope;
import dev.lakehouse.jobs.pipeline.StepCounts;
import dev.lakehouse.jobs.pipeline.embed.EmbedResult;
import dev.lakehouse.jobs.pipeline.sweep.GcOptions;
import dev.lakehouse.jobs.pipeline.sweep.GcResult;
import dev.lakehouse.jobs.pipeline.sweep.GcStep;
import dev.lakehouse.jobs.pipeline.sweep.Repair;
import dev.lakehouse.jobs.pipeline.sweep.RepairStep;
import dev.lakehouse.jobs.watch.AuditReport;
import dev.lakehouse.jobs.watch.Explained;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
 * lake.embed(List.of("text"), Optional.empty(), Scope.CHANGED);
 * lake.publish(PublishOptions.from(settings));
 * }</pre>
 */
public final class Lakehouse {
  private final LakeLayout layout;
  private final Progress progress;
  private final Runs runs;
  private final Readings readings;

  private Lakehouse(LakeTables tables, LakeLayout layout, Settings settings, Progress progress) {
    this.layout = layout;
    this.progress = progress;
    this.runs = new Runs(tables, layout, settings, progress);
    this.readings = new Readings(tables, layout, runs);
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

  /**
   * Gives a running session the functions of SQL, {@code mm_embed_text} and the others. A session
   * that was started with the jar has them.
   */
  public static void register(SparkSession spark) {
    LakehouseExtension.register(spark);
  }

  /** Where the parts of the lake are. */
  public LakeLayout layout() {
    return layout;
  }

  /** What the session says to Hadoop beyond its defaults. */
  public Map<String, String> hadoopConf() {
    return runs.context().hadoopConf();
  }

  /** Brings a source in. */
  public IngestResult ingest(Source source, IngestOptions options) {
    return runs.record("ingest", steps -> new Stages(steps).ingest(source, options));
  }

  /** Takes passages out of contents that none were taken out of yet. */
  public StepCounts derive(Scope scope) {
    return runs.recordOnLake("derive", steps -> new Stages(steps).derive(scope).counts());
  }

  /**
   * Measures what has no measurement yet.
   *
   * @param scope {@link Scope#ALL} to try again what failed for a reason outside the content
   */
  public StepCounts measure(Scope scope) {
    return runs.recordOnLake("measure", steps -> new Stages(steps).measure(scope));
  }

  /** Finds duplicates. */
  public DedupStep.Result dedup(Scope scope) {
    return runs.recordOnLake("dedup", steps -> new Stages(steps).dedup(scope));
  }

  /**
   * Judges the corpus.
   *
   * @param policy in force from then on; empty for the one in force
   */
  public JudgeResult judge(Optional<Policy> policy, Scope scope) {
    return runs.recordOnLake("judge", steps -> new Stages(steps).judge(policy, scope));
  }

  /** The policy in force. */
  public Policy policy() {
    return readings.policy();
  }

  /**
   * What the rules of a policy are asked of, one row an asset, with the columns of {@code
   * docs/policy.md}: to try a condition before a policy has it. As of this call.
   */
  public Dataset<Row> judged() {
    return readings.judged();
  }

  /** What waits for a reviewer, at most so many. */
  public WaitingPage waiting(int limit) {
    return readings.view().waiting(limit);
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
   * @param scope {@link Scope#ALL} to try again what failed for a reason outside the content
   */
  public Map<String, EmbedResult> embed(
      List<String> families, Optional<Filter> where, Scope scope) {
    return runs.recordOnLake("embed", steps -> new Stages(steps).embed(families, where, scope));
  }

  /** Makes what passed the current release. */
  public PublishResult publish(PublishOptions options) {
    return runs.recordOnLake("publish", steps -> new Stages(steps).publish(options));
  }

  /** Every release, withdrawn ones too, oldest first. */
  public List<Release> releases() {
    return readings.view().releases();
  }

  /** The release that readers start from, if there is one. */
  public Optional<Release> current() {
    return Release.current(releases());
  }

  /**
   * The rows that a release publishes, as it published them.
   *
   * @param release number or id; empty for the current one
   * @throws LakehouseException if there is no such release, or none at all
   */
  public Dataset<Row> catalog(Optional<String> release) {
    return readings.catalog(release);
  }

  /**
   * Why an asset is in the current release: what was measured, which rules it met, who judged, and
   * which models made its vectors.
   *
   * @param asset id or source URI
   * @throws LakehouseException if the release does not have it
   */
  public List<Explained> explain(String asset) {
    return readings.explain(asset);
  }

  /** Withdraws the current release; readers start from the one before. */
  public Release rollback() {
    return runs.recordOnLake("release rollback", steps -> new Stages(steps).rollback());
  }

  /**
   * Everything in order; steps with nothing to do commit nothing, so that running again after a
   * crash finishes the job.
   */
  public RunResult run(List<Intake> intakes, PublishOptions publish) {
    return run(intakes, publish, Optional.empty());
  }

  /**
   * The same by a policy, which is in force from then on.
   *
   * @param policy empty for the one in force
   */
  public RunResult run(List<Intake> intakes, PublishOptions publish, Optional<Policy> policy) {
    return intakes.isEmpty()
        ? runs.recordOnLake(
            Runs.WHOLE_RUN, steps -> new Stages(steps).run(intakes, publish, policy))
        : runs.record(Runs.WHOLE_RUN, steps -> new Stages(steps).run(intakes, publish, policy));
  }

  /**
   * The same with every file of a folder, and the settings in force.
   *
   * @param folder with files of any kind, below others too
   */
  public RunResult run(String folder) {
    Source files =
        FilesSource.open(
            new FilesSource.Options(folder, Optional.empty(), Optional.empty(), hadoopConf()));
    return run(
        List.of(new Intake(files, IngestOptions.defaults())),
        PublishOptions.from(runs.context().settings()));
  }

  /** Where the lake stands. */
  public LakeStatus status() {
    return readings.view().status();
  }

  /**
   * The items behind a reason or in a state, by place.
   *
   * @param reason code of a reason, or a state
   * @param limit items at most
   */
  public ReasonPage behind(String reason, int limit) {
    return readings.view().behind(reason, limit);
  }

  /**
   * Runs a user's own function over a table, into a table of the user.
   *
   * @param request where the function keeps no column, the key of the table is kept
   */
  public MapResult mapBatches(MapRequest request) {
    return runs.recordOnLake("map-batches", steps -> new Stages(steps).mapBatches(request));
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
    return readings.view().tables().read(name, where, columns, limit);
  }

  /**
   * All rows of a table as they are at this call, which no release may have yet; {@link #catalog}
   * has what readers see.
   *
   * @param table by its name in {@code docs/tables.md}
   * @throws LakehouseException if the lake has no such table
   */
  public Dataset<Row> rows(String table) {
    return readings.rows(table);
  }

  /**
   * Rows to look at, in a notebook: each asset as its picture or its first words, and under it what
   * the row says of it. At most 60.
   *
   * @param rows with a column {@code asset_id}, of this lake
   * @return a piece of HTML that needs no other file and runs no code
   * @throws LakehouseException if the rows have no such column
   */
  public String gallery(Dataset<Row> rows) {
    return readings.gallery(rows);
  }

  /** Answers questions from the current release; to be closed. */
  public Searcher searcher() {
    return readings.searcher();
  }

  /**
   * A page to look at: what is published, what waits for a reviewer, what was rejected and why.
   *
   * @param release number or id; empty for the current one
   * @param each items at most under one heading
   * @return HTML that needs no other file
   */
  public String sheet(Optional<String> release, int each) {
    return readings.sheet(release, each);
  }

  /**
   * A page about what a run did: what went in, what came out, why not the rest.
   *
   * @param run its id; empty for the last
   * @return HTML that needs no other file
   */
  public String report(Optional<String> run) {
    return readings.report(run);
  }

  /**
   * Re-derives why each row of a release may be trusted.
   *
   * @param choice of releases
   * @param sample of which contents to read the bytes
   * @return a report for each release, oldest first; empty where nothing is released
   */
  public List<AuditReport> audit(ReleaseChoice choice, Sample sample) {
    return readings.audit(choice, sample, progress);
  }

  /** Finds what others did to what cannot be computed again, each with what would be done. */
  public List<Repair> damage() {
    return new RepairStep(readings.opened("repair"), progress).find();
  }

  /** Undoes what {@link #damage} finds; each with what was done about it. */
  public List<Repair> repair() {
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
        ? gc(readings.opened("gc"), options, clock)
        : runs.recordOnLake(
            "gc", steps -> steps.step("gc", () -> gc(steps.context(), options, clock)));
  }

  private GcResult gc(LakeContext context, GcOptions options, Clock clock) {
    Instant horizon = clock.instant().minus(options.olderThan());
    return new GcStep(context, options, runs.underway(horizon, context.run())).run();
  }
}
