// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.AssetId;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.udfs.SparkColumns;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A small corpus written down by hand, to be judged. */
final class Corpus {
  private final SparkSession spark;
  private final List<Values> assets = new ArrayList<>();
  private final List<Values> measurements = new ArrayList<>();
  private final List<Values> duplicates = new ArrayList<>();
  private final List<Values> decisions = new ArrayList<>();

  /** One that is judged as a command judges few rows. */
  Corpus() {
    this(SparkTest.forFewRows());
  }

  /** One that a session judges in its own way. */
  Corpus(SparkSession spark) {
    this.spark = spark;
  }

  static String id(String key) {
    return AssetId.of("test", key);
  }

  /** An image of 100 x 80 pixels that nothing speaks against; its content is named by a word. */
  Corpus image(String key, String content, Consumer<Values> change) {
    Values asset =
        Values.of(Tables.ASSETS)
            .set("asset_id", id(key))
            .set("source", "test")
            .set("key", key)
            .set("source_uri", "test:" + key)
            .set("modality", "image")
            .set("media_type", "image/png")
            .set("name_media_type", "image/png")
            .set("name_modality", "image")
            .set("sha256", Digests.sha256(content))
            .set("size_bytes", 100L)
            .set("blob", Digests.sha256(content))
            .set("captions", List.of())
            .set("captions_declared", false)
            .set("facts", Map.of())
            .set("state", "active")
            .set("trace_id", "t")
            .set("first_run", "r1")
            .set("last_run", "r1")
            .set("first_seen", new Timestamp(assets.size()));
    change.accept(asset);
    assets.add(asset);
    return this;
  }

  Corpus image(String key, String content) {
    return image(key, content, asset -> {});
  }

  Corpus measured(String content, Consumer<Values> change) {
    Values row =
        Values.of(Kinds.MEASUREMENTS)
            .set("sha256", Digests.sha256(content))
            .set("probe", "image@2")
            .set("attempts", 1)
            .set("width", 100)
            .set("height", 80)
            .set("run", "r1");
    change.accept(row);
    measurements.add(row);
    return this;
  }

  Corpus measured(String content) {
    return measured(content, row -> {});
  }

  Corpus measuredText(String text, long words) {
    return measured(text, row -> row.set("probe", "text@2").set("words", words));
  }

  /** Says that some are the same in another way than to the byte. */
  Corpus alike(String kind, String cluster, String... keys) {
    for (String key : keys) {
      duplicates.add(
          Values.of(Tables.DUPLICATES)
              .set("asset_id", id(key))
              .set("kind", kind)
              .set("cluster_id", cluster)
              .set("cluster_size", keys.length)
              .set("evidence", "said so"));
    }
    return this;
  }

  Corpus decided(String key, String decision, long at) {
    decisions.add(
        Values.of(Tables.DECISIONS)
            .set("asset_id", id(key))
            .set("decision", decision)
            .set("reason", "because")
            .set("reviewer", "me")
            .set("decided_at", new Timestamp(at))
            .set("decision_id", "d" + decisions.size()));
    return this;
  }

  /** Captions as a part of an asset. */
  static List<Object[]> captions(String... texts) {
    return Stream.of(texts).map(text -> new Object[] {text, Digests.sha256(text)}).toList();
  }

  Judgement judge(Policy policy) {
    Dataset<Row> rows = rows(Tables.ASSETS, assets);
    return new JudgeStage(Kinds.PROBES, policy, "judgement", JudgementRule.NOW)
        .apply(
            rows,
            Optional.empty(),
            rows(Kinds.MEASUREMENTS, measurements),
            new DedupStage().apply(rows).unionByName(rows(Tables.DUPLICATES, duplicates)),
            rows(Tables.DECISIONS, decisions));
  }

  /** The verdicts under a policy, by key of the asset. */
  Map<String, Row> verdicts(Policy policy) {
    return judge(policy).verdicts().collectAsList().stream()
        .collect(
            Collectors.toMap(
                row -> row.<String>getAs("source_uri").substring("test:".length()),
                Function.identity()));
  }

  private Dataset<Row> rows(Table table, List<Values> values) {
    return spark.createDataFrame(
        values.stream().map(SparkColumns::row).toList(), SparkColumns.schema(table));
  }
}
