// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.content.Place;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.index.Hit;
import dev.lakehouse.core.lake.index.IndexColumns;
import dev.lakehouse.core.search.SearchQuery;
import dev.lakehouse.core.search.SearchResult;
import dev.lakehouse.core.search.Searcher;
import dev.lakehouse.jobs.watch.AuditReport;
import dev.lakehouse.jobs.watch.Explained;
import dev.lakehouse.jobs.watch.ReleaseChoice;
import dev.lakehouse.jobs.watch.Sample;
import dev.lakehouse.jobs.watch.Violation;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.sql.AnswerRdd;
import dev.lakehouse.udfs.sql.Arguments;
import dev.lakehouse.udfs.sql.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A function of SQL that gives the rows of a lake. All start from a release; what cannot be right
 * is refused before any row is asked for.
 *
 * @param name in SQL
 * @param usage how it is called
 * @param meaning what it gives, in a sentence
 * @param least arguments
 * @param most arguments
 * @param builder makes a plan of arguments, or refuses them
 */
record LakeFunction(
    String name,
    String usage,
    String meaning,
    int least,
    int most,
    BiFunction<Lakehouse, Arguments, LogicalPlan> builder) {
  private static final String LAKE = "lake";

  private static final StructType HITS = hits();

  private static final StructType AUDIT =
      StructType.fromDDL(
          "release STRING, sequence BIGINT, kind STRING, clean BOOLEAN, check STRING, place STRING,"
              + " expected STRING, found STRING, remedy STRING");

  private static final StructType EXPLAINED =
      StructType.fromDDL("subject STRING, name STRING, value STRING, meaning STRING");

  /** All of them. */
  static final List<LakeFunction> ALL =
      List.of(
          new LakeFunction(
              "mm_search",
              "mm_search(lake, query, k [, filter [, family]])",
              "The assets nearest to a text in the current release, best first, each family apart.",
              3,
              5,
              LakeFunction::search),
          new LakeFunction(
              "mm_catalog",
              "mm_catalog(lake [, release])",
              "The published rows of the current release, or of one by number or id.",
              1,
              2,
              LakeFunction::catalog),
          new LakeFunction(
              "mm_audit",
              "mm_audit(lake)",
              "Whether the current release may be trusted: a summary, remarks and violations.",
              1,
              1,
              (lake, arguments) -> audit(lake)),
          new LakeFunction(
              "mm_explain",
              "mm_explain(lake, asset)",
              "Why an asset is in the current release: its figures, rules, judgement and vectors.",
              2,
              2,
              LakeFunction::explain));

  /** The plan of a call. */
  LogicalPlan of(List<Expression> given) {
    Arguments arguments = new Arguments(name, usage, given).require(least, most);
    String place = arguments.text(0, LAKE);
    try {
      return builder.apply(Lakehouse.open(SparkSession.active(), place), arguments);
    } catch (LakehouseException e) {
      throw Refusal.of(name, e);
    }
  }

  private static LogicalPlan answer(StructType schema, Supplier<List<Row>> rows) {
    return AnswerRdd.plan(SparkSession.active(), schema, rows);
  }

  private static void requireRelease(Lakehouse lake) {
    Release unused = current(lake);
  }

  private static Release current(Lakehouse lake) {
    return lake.current()
        .orElseThrow(() -> LakehouseException.nothingReleased(lake.layout().root()));
  }

  private static LogicalPlan search(Lakehouse lake, Arguments arguments) {
    EmbedInput query = EmbedInput.query(arguments.text(1, "query"));
    int k = arguments.integer(2, "k");
    Optional<String> where = arguments.optionalText(3, "filter");
    Optional<String> family = arguments.optionalText(4, "family");
    SearchQuery checked = SearchQuery.of(family.orElse("every"), query, k, where);
    Release release = current(lake);
    family.ifPresent(name -> requireFamily(release, name));
    return answer(
        HITS,
        () -> {
          try (Searcher searcher = lake.searcher()) {
            List<SearchResult> results =
                family.isPresent()
                    ? List.of(searcher.search(checked))
                    : searcher.searchAll(query, k, where);
            return results.stream().flatMap(result -> rows(result).stream()).toList();
          }
        });
  }

  private static void requireFamily(Release release, String name) {
    if (release.family(name).isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Release %d has no family '%s': expected one of %s. Leave the family out to ask every"
              + " family that can answer",
          release.sequence(),
          name,
          release.families().stream().map(Family::name).toList());
    }
  }

  private static StructType hits() {
    StructType columns = StructType.fromDDL("family STRING, rank INT, score DOUBLE, place STRING");
    Table shown = new Table("hits", IndexColumns.FILTERS, List.of(IndexColumns.ASSET_ID));
    for (StructField field : SparkColumns.schema(shown).fields()) {
      columns = columns.add(field);
    }
    return columns
        .add("release", DataTypes.StringType)
        .add("sequence", DataTypes.LongType)
        .add("encoder", DataTypes.StringType);
  }

  private static List<Row> rows(SearchResult result) {
    List<Row> rows = new ArrayList<>();
    for (Hit hit : result.hits()) {
      List<@Nullable Object> row = new ArrayList<>();
      row.add(result.family());
      row.add(rows.size() + 1);
      row.add(hit.score());
      row.add(Place.of(hit.segment()));
      for (Column column : IndexColumns.FILTERS) {
        row.add(hit.row().find(column.name()).orElse(null));
      }
      row.add(result.release());
      row.add(result.sequence());
      row.add(result.encoder());
      rows.add(RowFactory.create(row.toArray()));
    }
    return rows;
  }

  private static LogicalPlan catalog(Lakehouse lake, Arguments arguments) {
    return lake.catalog(arguments.optionalName(1, "release")).queryExecution().analyzed();
  }

  private static LogicalPlan audit(Lakehouse lake) {
    requireRelease(lake);
    return answer(
        AUDIT,
        () ->
            lake.audit(ReleaseChoice.CURRENT, Sample.ALL).stream()
                .flatMap(report -> rows(report).stream())
                .toList());
  }

  private static List<Row> rows(AuditReport report) {
    List<Row> rows = new ArrayList<>();
    rows.add(
        row(
            report,
            "summary",
            report.clean(),
            String.join(", ", report.checks()),
            "release " + report.sequence(),
            "no violation",
            "%d in %d rows".formatted(report.violations().size(), report.rows()),
            null));
    for (String remark : report.remarks()) {
      rows.add(row(report, "remark", null, null, null, null, remark, null));
    }
    for (Violation violation : report.violations()) {
      rows.add(
          row(
              report,
              "violation",
              false,
              violation.check(),
              violation.where(),
              violation.expected(),
              violation.found(),
              violation.remedy()));
    }
    return rows;
  }

  private static Row row(AuditReport report, @Nullable Object... rest) {
    List<@Nullable Object> row = new ArrayList<>(List.of(report.release(), report.sequence()));
    for (Object each : rest) {
      row.add(each);
    }
    return RowFactory.create(row.toArray());
  }

  private static LogicalPlan explain(Lakehouse lake, Arguments arguments) {
    String asset = arguments.text(1, "asset");
    requireRelease(lake);
    return answer(EXPLAINED, () -> lake.explain(asset).stream().map(LakeFunction::row).toList());
  }

  private static Row row(Explained each) {
    return RowFactory.create(each.subject(), each.name(), each.value(), each.meaning());
  }
}
