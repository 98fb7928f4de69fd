// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import static org.apache.spark.sql.functions.col;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.connect.Places;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.core.curate.Reasons;
import dev.lakehouse.core.curate.Rule;
import dev.lakehouse.core.curate.Severity;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.jobs.pipeline.PolicyFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Says why an asset is in a release, from what the release names: the figures that it was judged
 * by, the rules, the judgement, and the models of its vectors.
 */
public final class Explanation {
  private static final int COPIES = 20;

  /** What of the catalog says which asset it is. */
  private static final List<String> ABOUT =
      List.of(
          "asset_id",
          "source",
          "source_uri",
          "modality",
          "media_type",
          "sha256",
          "title",
          "language",
          "licence",
          "group_id",
          "width",
          "height");

  /** What of an outcome row is no figure. */
  private static final List<String> NO_FIGURES = List.of("sha256", "probe", "attempts", "run");

  private final AuditedRelease released;
  private final List<Explained> said = new ArrayList<>();

  /** Explains assets of a release. */
  public Explanation(LakeTables tables, LakeLayout layout, Release release) {
    this.released = new AuditedRelease(tables, layout, release);
  }

  /**
   * Why an asset is in it. To be called once.
   *
   * @param asset id or source URI
   * @param policies that the lake keeps
   * @throws LakehouseException CONFIG_INVALID if it is not
   */
  public List<Explained> of(String asset, PolicyFiles policies) {
    Row row =
        first(released.catalog().where(col("asset_id").equalTo(asset)))
            .or(
                () ->
                    first(released.catalog().where(col("source_uri").equalTo(Places.spelt(asset)))))
            .orElseThrow(() -> absent(asset));
    String id = row.getAs("asset_id");
    release();
    about(row);
    measurements(row.getAs("sha256"));
    Optional<Row> verdict = verdict(id);
    Row filtered = first(released.filtered().where(col("asset_id").equalTo(id))).orElse(row);
    policies
        .find(released.release().policyDigest())
        .ifPresent(policy -> rules(policy, row.getAs("modality"), filtered, verdict));
    judgement(filtered);
    decision(id);
    duplicates(id);
    models(row);
    return List.copyOf(said);
  }

  private LakehouseException absent(String asset) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Release %d of %s does not have '%s': expected the asset_id or source_uri of a row of its"
            + " catalog. 'lakehouse table catalog' lists these, 'lakehouse table verdicts' says why"
            + " others were refused",
        released.release().sequence(),
        released.layout().root(),
        asset);
  }

  private void release() {
    Release release = released.release();
    say("release", "sequence", release.sequence(), "number of the release that has it");
    say("release", "release_id", release.id(), "digest of everything that it is made of");
    say("release", "created_at", release.createdAt(), "when it was made");
    say("release", "catalog_version", release.catalogVersion(), "Delta version of the catalog");
  }

  private void about(Row row) {
    for (Column column : Tables.PUBLISHED.columns()) {
      if (ABOUT.contains(column.name())) {
        say("asset", column.name(), row.getAs(column.name()), column.meaning());
      }
    }
  }

  /** Those that counted: not what another detector says of the same sound. */
  private void measurements(String sha256) {
    Probes counting = released.probes();
    for (Row row : input(Kinds.MEASUREMENTS, "sha256", sha256)) {
      String probe = row.getAs("probe");
      if (counting.find(probe).isEmpty() && !counting.before().containsKey(probe)) {
        continue;
      }
      for (Column column : Kinds.MEASUREMENTS.columns()) {
        if (!NO_FIGURES.contains(column.name())) {
          say(
              "measurement",
              probe + "." + column.name(),
              row.getAs(column.name()),
              column.meaning());
        }
      }
    }
  }

  /** Of the judgement that the release was made from, unless another replaced it since. */
  private Optional<Row> verdict(String id) {
    return first(
        released
            .tables()
            .table(Tables.VERDICTS)
            .rows()
            .where(col("asset_id").equalTo(id))
            .where(col("judgement_id").equalTo(released.release().judgementId())));
  }

  private void rules(Policy policy, String modality, Row filtered, Optional<Row> verdict) {
    List<String> warnings = strings(filtered, "warnings");
    Optional<List<String>> tripped = verdict.map(row -> strings(row, "rules"));
    Stream.concat(Kinds.PROBES.contract().stream(), policy.rules().stream())
        .filter(rule -> rule.appliesTo().equals(Rule.ALL) || rule.appliesTo().equals(modality))
        .forEach(
            rule -> {
              boolean isTripped =
                  tripped
                      .map(names -> names.contains(rule.name()))
                      .orElseGet(() -> warnings.contains(rule.reason()));
              say("rule", rule.name(), isTripped ? tripped(rule) : "met", rule.require());
            });
  }

  /** It passed all the same. */
  private static String tripped(Rule rule) {
    return rule.severity() == Severity.REVIEW
        ? "not met, and approved by a reviewer: " + rule.reason()
        : "not met, which only warns: " + rule.reason();
  }

  private void judgement(Row filtered) {
    Release release = released.release();
    say("judgement", "status", filtered.getAs("verdict_status"), "what was judged of it");
    say("judgement", "judgement_id", release.judgementId(), "digest of what it rests on");
    say("judgement", "policy", release.policyDigest(), "SHA-256 of the policy's text");
    for (String warning : strings(filtered, "warnings")) {
      say("judgement", "warning", warning, Reasons.words(warning).orElse("a rule's own reason"));
    }
  }

  private void decision(String id) {
    input(Tables.DECISIONS, "asset_id", id).stream()
        .max(
            java.util.Comparator.comparing((Row row) -> row.<java.sql.Timestamp>getAs("decided_at"))
                .thenComparing(row -> row.<String>getAs("decision_id")))
        .ifPresent(
            row ->
                say(
                    "judgement",
                    "decision",
                    row.getAs("decision") + ": " + row.getAs("reason"),
                    "what a reviewer said last: " + row.getAs("reviewer")));
  }

  private void duplicates(String id) {
    released
        .tables()
        .table(Tables.VERDICTS)
        .rows()
        .where(col("judgement_id").equalTo(released.release().judgementId()))
        .where(col("keeper").equalTo(id))
        .where(col("asset_id").notEqual(id))
        .orderBy("source_uri")
        .limit(COPIES)
        .collectAsList()
        .forEach(
            row ->
                say("duplicate", "source_uri", row.getAs("source_uri"), "left out in its favour"));
  }

  private void models(Row row) {
    List<String> columns = List.of(row.schema().fieldNames());
    for (Family family : released.release().families()) {
      String column = CatalogTable.encoder(family.name());
      Object encoder = columns.contains(column) ? row.getAs(column) : null;
      say(
          "model",
          family.name(),
          encoder == null ? "no vector of its own" : encoder,
          "encoder of its vector: bundle %s, digest %s, %d numbers"
              .formatted(family.bundle(), family.bundleDigest(), family.dim()));
    }
  }

  private void say(String subject, String name, @Nullable Object value, String meaning) {
    if (value != null) {
      said.add(new Explained(subject, name, String.valueOf(value), meaning));
    }
  }

  private List<Row> input(Table table, String key, String value) {
    return released.input(table).where(col(key).equalTo(value)).collectAsList();
  }

  private static Optional<Row> first(Dataset<Row> rows) {
    return rows.limit(1).collectAsList().stream().findFirst();
  }

  private static List<String> strings(Row row, String column) {
    return row.getList(row.fieldIndex(column));
  }
}
