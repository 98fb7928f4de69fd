// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.imports.BundleImport;
import dev.lakehouse.core.bundle.imports.ExportDirs;
import dev.lakehouse.core.bundle.imports.ImportRequest;
import dev.lakehouse.core.bundle.imports.TinyOnnx;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.picture.Pictures;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.Vectors;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.core.kind.EncoderSpecs;
import dev.lakehouse.udfs.SparkColumns;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to tasks and to files in real life, all at once. */
class TestEmbedFaults {
  private static final EncoderSpec IMAGES = Vectors.shapesClip(Tower.IMAGE);
  private static final int READABLE = 190;
  private static final int UNREADABLE = 10;
  private static final int SIDE_OF_A_SLOW_PICTURE = 8_000; // five seconds on an idle machine
  private static final String PATIENT = "600";
  private static final String IMPATIENT = "2"; // a thousand times what the others take

  /** What a task gave before it was killed. */
  private static final Queue<Row> LOSERS = new ConcurrentLinkedQueue<>();

  private static SparkSession spark;

  @TempDir Path store;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[8,4]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "8")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void aKilledTaskDamagedFilesAndAHangingDecoderLeaveTheRightRows() throws Exception {
    BlobStore blobs = BlobStores.at(store.toUri().toString(), Map.of());
    List<String> readable = new ArrayList<>();
    for (int i = 0; i < READABLE; i++) {
      readable.add(put(blobs, Pictures.file(picture(i), i % 2 == 0 ? "png" : "jpeg")));
    }
    List<String> unreadable = new ArrayList<>();
    for (int i = 0; i < UNREADABLE; i++) {
      byte[] jpeg = Pictures.file(picture(READABLE + i), "jpeg");
      unreadable.add(put(blobs, Arrays.copyOf(jpeg, jpeg.length / 2)));
    }
    String slow = put(blobs, Pictures.slow(SIDE_OF_A_SLOW_PICTURE));
    // loads natives, classes and the model too, which may take any time
    Map<String, Row> clean = bySha256(embed(rows(readable), new PumpSum(), PATIENT));
    long sessions = WarmEncoders.nativeSessions();

    List<String> all = new ArrayList<>(readable);
    all.addAll(unreadable);
    all.add(slow);
    Collections.shuffle(all, new Random(5));
    PumpSum sum = new PumpSum();
    spark.sparkContext().register(sum);
    KilledOnce.KILLED.set(false);
    Map<String, Row> found =
        bySha256(
            embed(rows(all), sum, IMPATIENT)
                .mapPartitions(
                    new KilledOnce(), Encoders.row(SparkColumns.schema(Tables.EMBEDDINGS))));

    assertThat(KilledOnce.KILLED).isTrue();
    assertThat(found).hasSize(all.size());
    readable.forEach(
        sha256 ->
            assertThat(Vectors.cosine(vector(found.get(sha256)), vector(clean.get(sha256))))
                .isGreaterThan(1 - 1e-5));
    assertThat(unreadable)
        .allSatisfy(sha256 -> assertThat(code(found.get(sha256))).isEqualTo("TRUNCATED"));
    assertThat(code(found.get(slow))).isEqualTo("TIME_LIMIT");
    assertThat(sum.value().givenUp()).isBetween(1L, 2L); // twice if its task was killed
    assertThat(WarmEncoders.nativeSessions()).isEqualTo(sessions);
    assertNothingStaysBehind();
  }

  /** Speculation runs a task twice and kills the loser. */
  @Test
  void theLoserOfTwoEqualTasksLeavesTheOtherAlone() throws Exception {
    BlobStore blobs = BlobStores.at(store.toUri().toString(), Map.of());
    List<String> readable = new ArrayList<>();
    for (int i = 0; i < READABLE; i++) {
      readable.add(put(blobs, Pictures.file(picture(i), "png")));
    }
    Dataset<Row> embedded = embed(rows(readable).coalesce(1), new PumpSum(), PATIENT);
    Thread loser =
        new Thread(
            () -> {
              spark.sparkContext().setJobGroup("loser", "loser", true);
              try {
                embedded.foreachPartition(
                    rows -> {
                      if (rows.hasNext()) {
                        LOSERS.add(rows.next());
                      }
                      SparkContext.getOrCreate().cancelJobGroup("loser");
                      rows.forEachRemaining(row -> {});
                    });
              } catch (Exception e) {
                return; // cancelled
              }
            });
    loser.start();

    assertThat(bySha256(embedded)).hasSize(READABLE).allSatisfy((sha256, row) -> vector(row));
    loser.join(600_000);
    assertThat(loser.isAlive()).isFalse();
    assertThat(LOSERS).hasSize(1); // it had begun
    assertNothingStaysBehind();
  }

  @Test
  void aDeviceThatRunsOutOfMemoryGetsSmallerBatches() throws Exception {
    EncoderSpec hungry = hungryAbove(32);
    List<Row> texts =
        IntStream.range(0, 256)
            .mapToObj(
                i ->
                    "a %s circle and %s"
                        .formatted(i % 2 == 0 ? "blue" : "red", "a square ".repeat(i % 9)))
            .map(text -> RowFactory.create(Digests.sha256(text), text, null, null, null))
            .toList();
    Dataset<Row> rows = spark.createDataFrame(texts, EmbedPartition.INPUT).coalesce(1);
    PumpSum sum = new PumpSum();
    spark.sparkContext().register(sum);

    List<Row> large = embed(rows, hungry, sum, "64", PATIENT).collectAsList();
    List<Row> small = embed(rows, hungry, new PumpSum(), "16", PATIENT).collectAsList();

    assertThat(sum.value().halvings()).isPositive();
    assertThat(large).hasSize(256);
    for (int i = 0; i < large.size(); i++) {
      assertThat(vector(large.get(i))).isEqualTo(vector(small.get(i)));
    }
    assertNothingStaysBehind();
  }

  /** A model whose batches do not fit into any memory where they have more rows. */
  private EncoderSpec hungryAbove(int rows) throws IOException {
    Path export = Files.createDirectory(store.resolve("export"));
    ExportDirs.tokenizer(export);
    float[] table = new float[88 * 2];
    for (int i = 0; i < table.length; i++) {
      table[i] = 1 + i;
    }
    new TinyOnnx()
        .tokens("input_ids")
        .table("words", 88, 2, table)
        .look("words", "input_ids", "looked")
        .hungry("looked", rows, "last_hidden_state")
        .output("last_hidden_state", 3)
        .write(export.resolve("model.onnx"));
    ModelsRoot models = ModelsRoot.at(store.resolve("models").toString());
    BundleImport.run(ImportRequest.of(export.toString()).named("hungry"), models);
    return EncoderSpecs.of("hungry", models, Tower.TEXT, Limits.from(Settings.defaults()));
  }

  /** Ends one task of them all, by Spark's own means, after it gave some rows. */
  private static final class KilledOnce implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    static final AtomicBoolean KILLED = new AtomicBoolean();

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      return new Iterator<>() {
        private int taken;

        @Override
        public boolean hasNext() {
          return rows.hasNext();
        }

        @Override
        public Row next() {
          if (++taken == 3 && KILLED.compareAndSet(false, true)) {
            SparkContext.getOrCreate()
                .killTaskAttempt(TaskContext.get().taskAttemptId(), true, "the test");
          }
          return rows.next();
        }
      };
    }
  }

  private Dataset<Row> embed(Dataset<Row> rows, PumpSum sum, String itemSeconds) {
    return embed(rows, IMAGES, sum, "8", itemSeconds);
  }

  private Dataset<Row> embed(
      Dataset<Row> rows, EncoderSpec spec, PumpSum sum, String batchSize, String itemSeconds) {
    Map<String, String> settings =
        Map.of(
            "lakehouse.embed.batch-size", batchSize,
            "lakehouse.embed.item-seconds", itemSeconds);
    EmbedPartition embed =
        new EmbedPartition(
            spec,
            EmbedOptions.from(Settings.defaults().orElse(settings, "the test"), "run-1"),
            new Contents(BlobStores.at(store.toUri().toString(), Map.of()), Map.of(), 64 << 20));
    return (sum.isRegistered() ? embed.addingTo(sum) : embed).apply(rows);
  }

  private static void assertNothingStaysBehind() throws InterruptedException {
    for (int i = 0; i < 60_000 && (WarmEncoders.leases() > 0 || pumpThreads() > 0); i++) {
      Thread.sleep(10); // the slow picture comes to its end
    }
    assertThat(WarmEncoders.leases()).isZero();
    assertThat(pumpThreads()).isZero();
  }

  private static long pumpThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("lakehouse-pump"))
        .count();
  }

  private static BufferedImage picture(int seed) {
    return Pictures.drawn(96, 72, BufferedImage.TYPE_INT_RGB, seed);
  }

  private static String put(BlobStore blobs, byte[] bytes) throws IOException {
    return blobs.put(new ByteArrayInputStream(bytes));
  }

  private static Dataset<Row> rows(List<String> blobs) {
    return spark
        .createDataFrame(
            blobs.stream().map(blob -> RowFactory.create(blob, null, blob, null, null)).toList(),
            EmbedPartition.INPUT)
        .repartition(8);
  }

  private static Map<String, Row> bySha256(Dataset<Row> embedded) {
    Map<String, Row> rows = new TreeMap<>();
    for (Row row : embedded.collectAsList()) {
      assertThat(rows.put(row.getAs("input_sha256"), row)).as("%s twice", row).isNull();
    }
    return rows;
  }

  private static float[] vector(Row row) {
    List<Float> numbers = row.getList(row.fieldIndex("vector"));
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = numbers.get(i);
    }
    return vector;
  }

  private static String code(Row row) {
    return row.getAs("error_code");
  }
}
