// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.LakeSchema;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.core.watch.state.LakeView;
import dev.lakehouse.core.watch.survey.PastRuns;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.jobs.pipeline.JudgeStep;
import dev.lakehouse.jobs.pipeline.LakeContext;
import dev.lakehouse.jobs.pipeline.PolicyFiles;
import dev.lakehouse.jobs.watch.Audit;
import dev.lakehouse.jobs.watch.AuditReport;
import dev.lakehouse.jobs.watch.Explained;
import dev.lakehouse.jobs.watch.Explanation;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.RowGallery;
import dev.lakehouse.jobs.watch.Sample;
import dev.lakehouse.jobs.watch.Sheet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What is read of a lake, and changes nothing.
 *
 * @param tables of the lake
 * @param layout where its parts are
 * @param runs that know the settings in force
 */
record Readings(LakeTables tables, LakeLayout layout, Runs runs) {

  /** What needs no job of Spark is read without one. */
  LakeView view() {
    return Looking.at(runs.context(), Map.of());
  }

  /** The lake, for a command that asks Spark. */
  LakeContext opened(String command) {
    LakeContext context = runs.context();
    context.describe(command);
    context.requireLake();
    tables.fitQueries(0);
    return context;
  }

  Dataset<Row> catalog(Optional<String> release) {
    return tables.catalog().rowsAt(released(release).catalogVersion());
  }

  List<Explained> explain(String asset) {
    LakeContext context = opened("explain");
    return new Explanation(tables, layout, released(Optional.empty())).of(asset, policies(context));
  }

  private Release released(Optional<String> name) {
    List<Release> all = view().releases();
    return name.map(each -> Release.named(each, all))
        .or(() -> Release.current(all))
        .orElseThrow(() -> LakehouseException.nothingReleased(layout.root()));
  }

  Searcher searcher() {
    LakeContext context = runs.context();
    return Searcher.of(
        layout,
        context.settings(),
        context.models(),
        context.spark().sessionState().newHadoopConf());
  }

  String sheet(Optional<String> release, int each) {
    LakeContext context = opened("sheet");
    List<Release> all = context.releases().all();
    Optional<Release> chosen =
        release.map(name -> Release.named(name, all)).or(() -> Release.current(all));
    return new Sheet(tables, context.contents(), Limits.from(context.settings()), each)
        .of(layout.root(), chosen);
  }

  Policy policy() {
    LakeContext context = runs.context();
    return policies(context).inForce(context.settings(), context.inForce().now());
  }

  private PolicyFiles policies(LakeContext context) {
    return PolicyFiles.of(layout, context.spark().sessionState().newHadoopConf());
  }

  Dataset<Row> judged() {
    LakeContext context = opened("judged");
    return new JudgeStep(context, policies(context)).view();
  }

  Dataset<Row> rows(String name) {
    Table table = LakeSchema.named(name);
    opened("rows");
    return (CatalogTable.is(table) ? tables.catalog() : tables.table(table)).rows();
  }

  String gallery(Dataset<Row> rows) {
    LakeContext context = opened("gallery");
    return new RowGallery(tables, context.contents(), Limits.from(context.settings())).of(rows);
  }

  String report(Optional<String> run) {
    PastRuns past = new PastRuns(view(), runs.context().hadoopConf());
    return past.page(run.map(past::named).orElseGet(past::last));
  }

  List<AuditReport> audit(ReleaseChoice choice, Sample sample, Progress progress) {
    LakeContext context = opened("audit");
    return new Audit(tables, layout, context.contents(), context.measureStage(), progress)
        .of(choice, context.releases(), sample);
  }
}
