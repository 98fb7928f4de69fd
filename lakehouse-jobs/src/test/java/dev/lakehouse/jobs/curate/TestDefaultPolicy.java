// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.connect.folder.FilesSource;
import dev.lakehouse.core.content.BlobMode;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.content.intake.IngestPlan;
import dev.lakehouse.core.content.intake.Ingested;
import dev.lakehouse.core.content.intake.Ingestor;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.jobs.SparkTest;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.curate.MeasurePartition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The default policy on files of known quality. */
class TestDefaultPolicy {
  /** Labels of files that are good, or that may be judged either way. */
  private static final Set<String> GOOD =
      Set.of("-", "near_duplicate", "near_duplicate_hard", "near_duplicate_weak", "not_duplicate");

  private static final Set<String> EITHER =
      Set.of(
          "corrupt_lenient",
          "decoder_optional",
          "format_optional",
          "language",
          "crlf_ok",
          "no_text",
          "contains_pii",
          "utf16",
          "utf8_bom",
          "exact_duplicate",
          "wrong_extension");

  /**
   * Files that the reference reader of pictures does not open, and this project reads whole: a PDF
   * is a document here; of the other two the layers or a box beside the picture are broken.
   */
  private static final Set<String> READ_HERE =
      Set.of(
          "images/edge/duplicate_xref_entry.pdf",
          "images/edge/invalid_header_length.jp2",
          "images/edge/negative_top_left_layer.psd");

  private static final Limits LIMITS = Limits.from(Settings.defaults());

  @TempDir Path root;

  @Test
  void everyRuleIsSound() {
    RuleCheck.requireSound(SparkTest.session(), Policy.builtIn(), Kinds.PROBES);
  }

  @Test
  @Tag("slow")
  void badPicturesFailAndGoodOnesPass() throws IOException {
    judge("images", 0.97);
  }

  @Test
  @Tag("slow")
  void badDocumentsFailAndGoodOnesPass() throws IOException {
    judge("documents", 0.95); // three texts among them, and a document that nobody may copy
  }

  @Test
  @Tag("slow")
  void badTextsFailAndGoodOnesPass() throws IOException {
    judge("text", 0.97);
  }

  private void judge(String folder, double enough) throws IOException {
    Path data = SharedData.require("data");
    Map<String, String> labels = labels(data);
    Map<String, Integer> sides = shorterSides(data);
    List<String> disagreements = new ArrayList<>();
    Map<String, int[]> confusion = new TreeMap<>();
    int[] bad = new int[2];
    int[] good = new int[2];
    for (Row verdict : verdicts(data.resolve(folder)).collectAsList()) {
      String path = folder + "/" + verdict.<String>getAs("key");
      String label = labels.getOrDefault(path, "-");
      boolean passes = verdict.<String>getAs("verdict_status").equals("pass");
      confusion.computeIfAbsent(label, any -> new int[2])[passes ? 0 : 1]++;
      boolean counts = !EITHER.contains(label) && isOfInterest(path, label, verdict, sides);
      if (counts) {
        (GOOD.contains(label) ? good : bad)[passes ? 0 : 1]++;
      }
      if (counts && passes != GOOD.contains(label)) {
        disagreements.add(path + " (" + label + ") " + verdict.getAs("reasons"));
      }
    }
    String table = table(confusion) + "\n" + String.join("\n", disagreements);
    Files.writeString(Path.of("target", "default-policy-" + folder + ".txt"), table);
    assertThat((double) bad[1] / (bad[0] + bad[1])).as(table).isGreaterThanOrEqualTo(enough);
    assertThat((double) good[0] / (good[0] + good[1])).as(table).isGreaterThanOrEqualTo(enough);
  }

  /** A good picture counts from 64 pixels a side on, a manifest not at all. */
  private static boolean isOfInterest(
      String path, String label, Row verdict, Map<String, Integer> sides) {
    if (!GOOD.contains(label)) {
      return !READ_HERE.contains(path);
    }
    return !verdict.<String>getAs("modality").equals("table") && sides.getOrDefault(path, 64) >= 64;
  }

  private Dataset<Row> verdicts(Path folder) {
    BlobStore blobs = BlobStores.at(root.resolve("blobs").toUri().toString(), Map.of());
    Dataset<Row> assets = assets(folder, blobs).cache();
    Contents contents = new Contents(blobs, Map.of(), LIMITS.maxBytes());
    Dataset<Row> inputs =
        assets
            .where(JudgedView.probeOf(Kinds.PROBES, "modality").isNotNull())
            .where("content_error IS NULL")
            .withColumn("probe", JudgedView.probeOf(Kinds.PROBES, "modality"))
            .dropDuplicates("sha256", "probe")
            .select("sha256", "probe", "text", "blob", "blob_uri");
    Dataset<Row> measurements =
        inputs
            .mapPartitions(
                new MeasurePartition(Kinds.PROBES, contents, LIMITS, Duration.ofMinutes(10), "r"),
                Encoders.row(SparkColumns.schema(Kinds.MEASUREMENTS)))
            .cache();
    Dataset<Row> none = rows(Tables.DUPLICATES, List.of());
    return new JudgeStage(Kinds.PROBES, Policy.builtIn(), "judgement", JudgementRule.NOW)
        .apply(assets, Optional.empty(), measurements, none, rows(Tables.DECISIONS, List.of()))
        .verdicts()
        .join(assets.select("asset_id", "key"), SparkColumns.using("asset_id"));
  }

  private static Dataset<Row> assets(Path folder, BlobStore blobs) {
    Ingestor ingestor =
        new Ingestor(new IngestPlan(blobs, BlobMode.COPY, LIMITS, Map.of(), "r", Instant.EPOCH));
    FilesSource source =
        FilesSource.open(
            new FilesSource.Options(
                folder.toString(), Optional.of("t"), Optional.empty(), Map.of()));
    List<Values> rows = new ArrayList<>();
    source.items().forEach(item -> rows.add(((Ingested.Asset) ingestor.ingest(item)).row()));
    return rows(Tables.ASSETS, rows);
  }

  private static Dataset<Row> rows(Table table, List<Values> values) {
    return SparkTest.session()
        .createDataFrame(
            values.stream().map(SparkColumns::row).toList(), SparkColumns.schema(table))
        .repartition(4);
  }

  private static Map<String, String> labels(Path data) throws IOException {
    Map<String, String> labels = new HashMap<>();
    for (String line : Files.readAllLines(data.resolve("labels.tsv"))) {
      String[] fields = line.split("\t", -1);
      labels.put(fields[0], fields[1]);
    }
    return labels;
  }

  private static Map<String, Integer> shorterSides(Path data) throws IOException {
    Map<String, Integer> sides = new HashMap<>();
    for (String line : Files.readAllLines(data.resolve("truth/images_truth.tsv"))) {
      String[] fields = line.split("\t", -1);
      if (fields[1].equals("True")) {
        sides.put(fields[0], Math.min(Integer.parseInt(fields[3]), Integer.parseInt(fields[4])));
      }
    }
    return sides;
  }

  private static String table(Map<String, int[]> confusion) {
    StringBuilder table = new StringBuilder("label\tpass\tnot\n");
    confusion.forEach(
        (label, counts) -> table.append("%s\t%d\t%d%n".formatted(label, counts[0], counts[1])));
    return table.toString();
  }
}
