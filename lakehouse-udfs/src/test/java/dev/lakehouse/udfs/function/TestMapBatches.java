// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestMapBatches {
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[4,2]") // each task may be tried again
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "4")
            .getOrCreate();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @BeforeEach
  void forget() {
    Functions.Noting.forget();
  }

  @AfterEach
  void nothingIsLeftBehind() {
    assertThat(WarmFunctions.leases()).isZero();
    assertThat(pumpThreads()).isEmpty();
    assertThat(Instances.bytes()).isEqualTo(Functions.Wrong.KEPT.getAndSet(0));
    WarmFunctions.closeIdle(Duration.ZERO);
    assertThat(Instances.present()).isZero();
  }

  private static List<String> pumpThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("lakehouse-pump"))
        .toList();
  }

  private static Dataset<Row> texts(int rows, int partitions) {
    return spark
        .range(0, rows, 1, partitions)
        .selectExpr("id", "IF(id % 10 = 9, NULL, repeat('x', CAST(id % 7 AS INT))) AS text");
  }

  private static MapBatches lengths(Class<? extends BatchFunctionFactory> factory) {
    return MapBatches.of(factory).columns("text").keep("id");
  }

  private static void assertLengths(Dataset<Row> mapped, int rows) {
    assertThat(mapped.columns()).containsExactly("id", "length");
    List<Row> found = mapped.collectAsList();
    assertThat(found).hasSize(rows);
    for (int i = 0; i < rows; i++) {
      assertThat(found.get(i).getLong(0)).isEqualTo(i);
      assertThat(found.get(i).getInt(1)).isEqualTo(i % 10 == 9 ? 0 : i % 7);
    }
  }

  @Test
  void answersStandBesideTheKeptColumnsInOrder() {
    assertLengths(lengths(Functions.Lengths.class).batchSize(7).over(texts(1000, 3)), 1000);
  }

  @Test
  void batchesAreCutByRowsAndByBytes() {
    lengths(Functions.Noting.class).batchSize(4).over(texts(10, 1)).collectAsList();
    assertThat(Functions.Noting.BATCHES).containsExactly(4, 4, 2);

    Functions.Noting.forget();
    Dataset<Row> growing =
        spark.range(0, 4, 1, 1).selectExpr("id", "repeat('x', CAST(id * 1000 AS INT)) AS text");
    lengths(Functions.Noting.class).batchBytes(2200).over(growing).collectAsList();
    assertThat(Functions.Noting.BATCHES).containsExactly(2, 1, 1); // the last is larger alone

    Functions.Noting.forget();
    Dataset<Row> beside =
        spark.range(0, 4, 1, 1).selectExpr("id", "'x' AS text", "repeat('y', 1000) AS page");
    MapBatches.of(Functions.Noting.class)
        .columns("text")
        .keep("id", "page")
        .batchBytes(2200)
        .over(beside)
        .collectAsList();
    assertThat(Functions.Noting.BATCHES).containsExactly(2, 2);
  }

  @Test
  void eightTasksInTwoStagesShareTwoInstances() {
    Dataset<Row> mapped =
        lengths(Functions.Noting.class).batchSize(5).concurrency(2).over(texts(400, 8));

    assertLengths(mapped, 400);
    assertThat(mapped.repartition(3).count()).isEqualTo(400);
    assertThat(Functions.Noting.OPENED).hasSizeBetween(1, 2);
    assertThat(Functions.Noting.MEETINGS).hasValue(0);
    assertThat(Functions.Noting.CLOSED).isEmpty();
    assertThat(Functions.Noting.DEVICES).containsOnly("cpu");

    WarmFunctions.closeIdle(Duration.ZERO);
    assertThat(Functions.Noting.CLOSED).isEqualTo(Functions.Noting.OPENED);
  }

  @Test
  void oneInstanceIsTheDefault() {
    assertLengths(lengths(Functions.Noting.class).batchSize(5).over(texts(200, 8)), 200);
    assertThat(Functions.Noting.OPENED).hasSize(1);
  }

  @Test
  void everyTypeOfSparkGoesInAndOut() {
    Dataset<Row> all =
        spark
            .range(0, 6, 1, 2)
            .selectExpr(
                "id",
                "CAST(id AS BYTE) b",
                "CAST(id AS SHORT) s",
                "CAST(id AS INT) i",
                "CAST(id AS FLOAT) f",
                "id / 3 d",
                "CAST(id AS DECIMAL(20,3)) dec",
                "id % 2 = 0 yes",
                "CONCAT('täxt ', id) AS `a text.with dots`",
                "CAST('bytes' AS BINARY) bin",
                "DATE'2024-02-29' + CAST(id AS INT) date",
                "TIMESTAMP'2024-02-29 12:00:01.123456' + make_interval(0,0,0,0,id) time",
                "TIMESTAMP_NTZ'2024-02-29 12:00:01.123456' plain",
                "ARRAY(1.5f, CAST(id AS FLOAT), NULL) vector",
                "MAP('k', id) facts",
                "NAMED_STRUCT('x', id, 'y', ARRAY(NAMED_STRUCT('z', 'deep'))) place",
                "IF(id % 2 = 0, NULL, id) AS some")
            .cache();

    Dataset<Row> same = MapBatches.of(Functions.Same.class).batchSize(2).over(all);

    assertThat(same.schema().simpleString()).isEqualTo(all.schema().simpleString());
    assertThat(same.collectAsList()).isEqualTo(all.collectAsList());
  }

  @Test
  void aTaskThatIsTriedAgainCallsTheFunctionAgain() {
    Functions.FirstFails.CALLS.set(0);
    Functions.FirstFails.ROWS.set(0);

    assertLengths(lengths(Functions.FirstFails.class).over(texts(50, 1)), 50);
    assertThat(Functions.FirstFails.CALLS).hasValue(2);
    assertThat(Functions.FirstFails.ROWS).hasValue(100);
  }

  @Test
  void aReaderThatStopsEarlyLeavesNothing() {
    Dataset<Row> mapped = lengths(Functions.Noting.class).batchSize(10).over(texts(10_000, 1));

    assertThat(mapped.limit(1).collectAsList()).hasSize(1);
    assertThat(Functions.Noting.BATCHES.size()).isLessThan(20);
  }

  @Test
  void aKilledJobLeavesNothing() throws InterruptedException {
    Dataset<Row> mapped = lengths(Functions.Slow.class).batchSize(1).over(texts(1000, 2));
    Functions.Slow.CALLS.set(0);
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    Thread job = new Thread(() -> failures.add(catchThrowable(mapped::collectAsList)));
    job.start();
    while (Functions.Slow.CALLS.get() == 0) {
      Thread.sleep(10);
    }

    spark.sparkContext().cancelAllJobs();
    job.join(600_000);

    assertThat(failures).hasSize(1);
    for (int i = 0; i < 30_000 && WarmFunctions.leases() > 0; i++) {
      Thread.sleep(20); // tasks end after their job
    }
    assertThat(Functions.Slow.CALLS.get()).isLessThan(500); // of 1000
  }

  @Test
  void aFunctionThatNeverReturnsFailsTheJobAndItsNextAttempt() throws InterruptedException {
    Dataset<Row> mapped = lengths(Functions.Stuck.class).stallSeconds(1).over(texts(20, 1));
    try {
      assertThat(root(catchThrowable(mapped::collectAsList)))
          .isInstanceOf(LakehouseException.class)
          .hasMessageContaining("stands still at infer: nothing moved for 1 s")
          .hasMessageContaining("--stall-seconds");
    } finally {
      Functions.Stuck.RELEASE.countDown();
    }
    for (int i = 0; i < 30_000 && (WarmFunctions.leases() > 0 || !pumpThreads().isEmpty()); i++) {
      Thread.sleep(20);
    }
    assertLengths(lengths(Functions.Stuck.class).over(texts(20, 1)), 20);
  }

  @Test
  void nothingRunsBeforeSomebodyAsks() {
    lengths(Functions.Noting.class).over(texts(10, 1));

    assertThat(Functions.Noting.OPENED).isEmpty();
  }

  @Test
  void oneFunctionMayFollowAnother() {
    Dataset<Row> once = lengths(Functions.Lengths.class).batchSize(3).over(texts(100, 2));
    Dataset<Row> twice =
        MapBatches.of(Functions.Same.class)
            .batchSize(5)
            .columns("length")
            .keep("id")
            .over(once.withColumnRenamed("length", "before").selectExpr("id", "before AS length"));

    assertLengths(twice, 100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "null | returned null for a batch of 5 rows",
        "rows | returned 4 rows for a batch of 5 rows",
        "values | returned 0 values in column 'length' for a batch of 5 rows",
        "nulls | returned 1 nulls in column 'length' for a batch of 5 rows",
        "name | returned column 0 as 'size: Int(32, true)' for a batch of 5 rows",
        "type | returned column 0 as 'length: Utf8' for a batch of 5 rows",
        "more | returned 2 columns Schema<length: Int(32, true), more: Int(32, true)> for a batch",
        "keepRoot | returned the VectorSchemaRoot of a batch before (it is closed by now) for a batch",
        "leak | kept 64 bytes of the allocator that it was given for a batch of 5 rows",
        "throw | failed on a batch of 5 rows (stage",
        "error | failed on a batch of 5 rows (stage",
        "open | could not be opened on cpu with options {does=open}: java.lang.IllegalState",
      })
  void whatAFunctionDoesWrongIsSaid(String does, String message) {
    Dataset<Row> mapped =
        lengths(Functions.Wrong.class).option("does", does).batchSize(5).over(texts(10, 1));

    assertThat(root(catchThrowable(mapped::collectAsList)))
        .isInstanceOfSatisfying(
            LakehouseException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.FUNCTION_FAILED))
        .hasMessageContaining("Function " + Functions.Wrong.class.getName() + " " + message);
  }

  private static Throwable root(Throwable thrown) {
    return Stream.iterate(thrown, e -> e != null, Throwable::getCause)
        .filter(LakehouseException.class::isInstance)
        .findFirst()
        .orElse(thrown);
  }

  @Test
  void rowsAndCauseOfAFailureAreNamed() {
    Dataset<Row> mapped =
        lengths(Functions.Wrong.class).option("does", "throw").batchSize(5).over(texts(10, 1));

    assertThat(root(catchThrowable(mapped::collectAsList)))
        .hasMessageMatching(
            ".* failed on a batch of 5 rows \\(stage \\d+, partition 0, rows 1 to 5\\):"
                + " java.lang.UnsupportedOperationException: not today");
  }

  @Test
  void whatCannotBeMadeOnAnExecutorIsSaid() {
    Functions.BadOnExecutors.onExecutor = false;
    Dataset<Row> mapped = lengths(Functions.BadOnExecutors.class).over(texts(10, 1));

    assertThat(root(catchThrowable(mapped::collectAsList)))
        .hasMessage(
            "The constructor of class %s failed: java.lang.IllegalStateException: no licence on"
                + " this machine",
            Functions.BadOnExecutors.class.getName());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing | declares no columns",
        "twice | declares column 'Length' without a name or twice",
        "union | declares column 'either' as either: Union(Dense, [0])<length: Int(32, true) not"
            + " null>, which Spark cannot hold",
        "fixed | declares column 'vector' as vector: FixedSizeList(4)<element: FloatingPoint(SINGLE)>,"
            + " which Spark cannot hold",
        "refuses | refuses columns Schema<text: Utf8> with options {declares=refuses}:"
            + " java.lang.IllegalArgumentException: no column 'image'",
        "kept | Cannot keep column 'id' beside the output of",
      })
  void whatCannotBeDeclaredIsRefusedBeforeAnythingRuns(String declares, String message) {
    refused(lengths(Functions.Wrong.class).option("declares", declares), message);
  }

  private static void refused(MapBatches function, String message) {
    assertThatThrownBy(() -> function.over(texts(10, 1)))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID))
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "com.acme.Missing | There is no class com.acme.Missing in the class path",
        "java.lang.String | no BatchFunctionFactory: it does not implement",
        "Bare | no BatchFunctionFactory: it is the function itself",
        "NoConstructor | it has no public constructor without arguments",
        "BadConstructor | failed: java.lang.IllegalStateException: no licence",
      })
  void aClassThatWillNotDoIsRefusedBeforeAnythingRuns(String name, String message) {
    String whole = name.contains(".") ? name : Functions.class.getName() + "$" + name;

    refused(MapBatches.of(whole).columns("text"), message);
  }

  @Test
  void columnsThatAreNotThereAreRefusedWithASuggestion() {
    refused(
        lengths(Functions.Lengths.class).columns("txt"),
        "there is no column 'txt'. Did you mean text? There are id, text");
    refused(lengths(Functions.Lengths.class).keep("id", "id"), "column 'id' is named twice");
  }

  @Test
  void whatTheClusterCannotHoldIsRefusedBeforeAnythingRuns() {
    refused(
        lengths(Functions.Lengths.class).gpus(0.5),
        "1 executors × 1 instances × 0.5 GPUs = 0.5 GPUs, but the cluster has at most 1 × 0 = 0");
    refused(
        lengths(Functions.Lengths.class).concurrency(5),
        "concurrency 5 asks for 5 instances in an executor, but an executor has 4 cores");
  }

  @Test
  void figuresAddUp() {
    BatchSum sum = new BatchSum();
    spark.sparkContext().register(sum, "test");

    lengths(Functions.Noting.class).batchSize(5).addingTo(sum).over(texts(40, 4)).collectAsList();

    assertThat(sum.value().rows()).isEqualTo(40);
    assertThat(sum.value().batches()).isEqualTo(8);
    assertThat(sum.value().meanBatch()).isEqualTo(5);
    assertThat(sum.value().instances()).isEqualTo(1);
    assertThat(sum.value().busyShare()).isBetween(0.1, 1.0);
  }
}
