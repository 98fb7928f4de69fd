// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.embed;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.content.BlobStore;
import dev.lakehouse.core.content.BlobStores;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.ShapesClipGolden;
import dev.lakehouse.core.embed.Vectors;
import dev.lakehouse.core.embed.WarmEncoders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.metrics.source.Source;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestEmbedPartition {
  private static final EncoderSpec TEXTS = Vectors.shapesClip(Tower.TEXT);
  private static final EncoderSpec IMAGES = Vectors.shapesClip(Tower.IMAGE);

  private static SparkSession spark;

  @TempDir Path store;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[4]")
            .config("spark.ui.enabled", "false")
            .config("spark.plugins", PumpMetrics.class.getName())
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @AfterEach
  void everyLeaseIsReturned() {
    assertThat(WarmEncoders.leases()).isZero();
  }

  @Test
  void fourTasksAtOnceShareOneSession() {
    long before = WarmEncoders.nativeSessions();
    EncoderSpec fresh = Vectors.unwarmed("four tasks at once");

    Dataset<Row> rows =
        texts(16)
            .repartition(4)
            .mapPartitions(new WaitForAll(), Encoders.row(EmbedPartition.INPUT));

    assertThat(embed(rows, fresh, 1).filter("vector IS NOT NULL").count()).isEqualTo(16);
    assertThat(WarmEncoders.nativeSessions() - before).isEqualTo(1);
  }

  /** Lets no task go beyond its first row before all four are there, each with its lease. */
  private static final class WaitForAll implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1L;
    private static final CyclicBarrier ALL = new CyclicBarrier(4);

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
          if (taken++ == 1) {
            await();
          }
          return rows.next();
        }
      };
    }

    private static void await() {
      try {
        ALL.await(600, TimeUnit.SECONDS);
      } catch (Exception e) {
        throw new IllegalStateException("The four tasks never ran at once", e);
      }
    }
  }

  @Test
  void partitionsAndOrderDoNotChangeVectors() {
    Map<String, List<Float>> once = vectors(embed(texts(50).coalesce(1), TEXTS, 64));
    Map<String, List<Float>> spread =
        vectors(embed(texts(50).repartition(7).orderBy("text"), TEXTS, 7));

    assertThat(spread.keySet()).isEqualTo(once.keySet());
    once.forEach(
        (sha256, vector) -> assertThat(difference(spread.get(sha256), vector)).isLessThan(1e-5));
  }

  @Test
  void eightTasksInTwoStagesLoadOnce() {
    long before = WarmEncoders.nativeSessions();
    EncoderSpec fresh = Vectors.unwarmed("eight tasks in two stages");

    assertThat(embed(texts(64).repartition(8), fresh, 4).count()).isEqualTo(64);
    assertThat(embed(texts(64).repartition(8), fresh, 4).count()).isEqualTo(64);
    assertThat(WarmEncoders.nativeSessions() - before).isEqualTo(1);
  }

  @Test
  void aReaderThatStopsEarlyReturnsItsLease() {
    assertThat(embed(texts(200).coalesce(1), TEXTS, 8).limit(1).collectAsList()).hasSize(1);
    assertThat(pumpThreads()).isEmpty();
  }

  private static List<String> pumpThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("lakehouse-pump"))
        .toList();
  }

  @Test
  void aCancelledJobThatWaitsForItsStoreLeavesNothingBehind() throws Exception {
    Row stuck = blob("f".repeat(64));
    Dataset<Row> embedded =
        new EmbedPartition(
                IMAGES,
                EmbedOptions.from(Settings.defaults(), "run-1"),
                new Contents(new StuckBlobStore(), Map.of(), 1 << 20))
            .apply(rows(List.of(stuck)));
    Thread job =
        new Thread(
            () -> {
              spark.sparkContext().setJobGroup("stuck", "stuck", false);
              try {
                embedded.count();
              } catch (Exception e) {
                return; // cancelled
              }
            });
    job.start();
    assertThat(StuckBlobStore.OPENED.tryAcquire(600, TimeUnit.SECONDS)).isTrue();

    spark.sparkContext().cancelJobGroup("stuck");
    job.join(600_000);

    for (int i = 0; i < 60_000 && WarmEncoders.leases() > 0; i++) {
      Thread.sleep(10); // the job ends before its task does
    }
    assertThat(pumpThreads()).isEmpty();
  }

  @Test
  void figuresOfAllTasksAreAddedUp() {
    PumpSum sum = new PumpSum();
    spark.sparkContext().register(sum);
    EmbedPartition embed =
        new EmbedPartition(
                TEXTS,
                EmbedOptions.from(Settings.defaults(), "run-1"),
                new Contents(BlobStores.at(store.toUri().toString(), Map.of()), Map.of(), 1 << 20))
            .addingTo(sum);

    assertThat(embed.apply(texts(50).repartition(4)).count()).isEqualTo(50);
    assertThat(sum.value().items()).isEqualTo(50);
    assertThat(sum.value().inferNanos()).isPositive();
    assertThat(sum.value()).asString().contains("batches of", "device busy");
  }

  @Test
  void sparkReportsWhatThePumpsOfAnExecutorDid() {
    double before = metric("items");

    embed(texts(20).repartition(2), TEXTS, 8).count();

    assertThat(metric("items") - before).isEqualTo(20);
    assertThat(metric("inferSeconds")).isPositive();
    assertThat(metric("nativeSessions")).isPositive();
    assertThat(metric("bytesInFlight")).isZero();
  }

  private static double metric(String name) {
    Source plugin =
        SparkEnv.get()
            .metricsSystem()
            .getSourcesByName("plugin." + PumpMetrics.class.getName())
            .head();
    Gauge<?> gauge = plugin.metricRegistry().getGauges().get(name);
    return ((Number) gauge.getValue()).doubleValue();
  }

  @Test
  void imagesAreReadFromTheStore() throws IOException {
    BlobStore blobs = BlobStores.at(store.toUri().toString(), Map.of());
    List<Row> rows = new ArrayList<>();
    for (EmbedInput image : ShapesClipGolden.images()) {
      byte[] bytes = ((EmbedInput.Bytes) image).bytes();
      rows.add(blob(blobs.put(new ByteArrayInputStream(bytes))));
    }
    String missing = "0".repeat(64);
    String text = blobs.put(new ByteArrayInputStream("not an image".getBytes("UTF-8")));
    rows.add(3, blob(missing));
    rows.add(5, blob(text));

    List<Row> embedded = embed(rows(rows).coalesce(1), IMAGES, 32).collectAsList();

    assertThat(embedded)
        .extracting(row -> row.getAs("input_sha256"))
        .isEqualTo(rows.stream().map(row -> row.get(0)).toList());
    assertThat(codes(embedded))
        .isEqualTo(Map.of(missing, "BLOB_MISSING", text, "UNSUPPORTED_FORMAT"));
  }

  @Test
  void rowsAreThoseOfTheTable() {
    Dataset<Row> embedded = embed(texts(1), TEXTS, 8);

    assertThat(embedded.columns()).containsExactlyElementsOf(Tables.EMBEDDINGS.names());
    Row row = embedded.first();
    assertThat(row.<String>getAs("encoder")).isEqualTo(TEXTS.encoder());
    assertThat(row.<String>getAs("family")).isEqualTo("clip");
    assertThat(row.<String>getAs("tower")).isEqualTo("text");
    assertThat(row.<Integer>getAs("dim")).isEqualTo(512);
    assertThat(row.getList(row.fieldIndex("vector"))).hasSize(512);
    assertThat(row.<String>getAs("run")).isEqualTo("run-1");
  }

  @Test
  void anEmptyPartitionLoadsNothing() {
    long before = WarmEncoders.nativeSessions();

    assertThat(embed(texts(0), Vectors.minilm(), 8).count()).isZero();
    assertThat(WarmEncoders.nativeSessions()).isEqualTo(before);
  }

  private Dataset<Row> embed(Dataset<Row> rows, EncoderSpec spec, int batchSize) {
    return embed(rows, spec, Map.of("lakehouse.embed.batch-size", String.valueOf(batchSize)));
  }

  private Dataset<Row> embed(Dataset<Row> rows, EncoderSpec spec, Map<String, String> settings) {
    EmbedOptions options =
        EmbedOptions.from(Settings.defaults().orElse(settings, "the test"), "run-1");
    Contents contents =
        new Contents(BlobStores.at(store.toUri().toString(), Map.of()), Map.of(), 1 << 20);
    return new EmbedPartition(spec, options, contents).apply(rows);
  }

  private static Dataset<Row> texts(int count) {
    return rows(
        IntStream.range(0, count)
            .mapToObj(i -> "a red circle and %d %s".formatted(i, "blue ".repeat(i % 9)))
            .map(text -> RowFactory.create(Digests.sha256(text), text, null, null, null))
            .toList());
  }

  private static Dataset<Row> rows(List<Row> rows) {
    return spark.createDataFrame(rows, EmbedPartition.INPUT);
  }

  private static Row blob(String sha256) {
    return RowFactory.create(sha256, null, sha256, null, null);
  }

  private static Map<String, List<Float>> vectors(Dataset<Row> embedded) {
    Map<String, List<Float>> vectors = new TreeMap<>();
    embedded
        .collectAsList()
        .forEach(
            row -> vectors.put(row.getAs("input_sha256"), row.getList(row.fieldIndex("vector"))));
    return vectors;
  }

  private static Map<String, String> codes(List<Row> embedded) {
    Map<String, String> codes = new LinkedHashMap<>();
    for (Row row : embedded) {
      if (row.isNullAt(row.fieldIndex("vector"))) {
        codes.put(row.getAs("input_sha256"), row.getAs("error_code"));
      }
    }
    return codes;
  }

  private static double difference(List<Float> a, List<Float> b) {
    return IntStream.range(0, a.size())
        .mapToDouble(i -> Math.abs(a.get(i) - b.get(i)))
        .max()
        .orElseThrow();
  }
}
