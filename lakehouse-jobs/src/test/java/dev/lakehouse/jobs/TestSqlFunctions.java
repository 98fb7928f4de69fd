// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import static org.apache.spark.sql.functions.call_function;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.Vectors;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.udfs.sql.ScalarFunction;
import dev.lakehouse.udfs.sql.SeqOf;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.collection.Seq;

/** The functions of a row, in a session that has nothing but the class path. */
class TestSqlFunctions {
  private static final EncoderSpec TEXTS = Vectors.minilm();
  private static final String OPERATOR = "LakehouseEmbed";

  @TempDir Path folder;
  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = SparkTest.session().newSession();
    spark.conf().set("spark.lakehouse.family.clip.bundle", "shapes-clip");
    List<Row> rows =
        IntStream.range(0, 6)
            .mapToObj(i -> RowFactory.create(i, i == 2 ? null : sentence(i), picture(i), i % 2))
            .toList();
    StructType type =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("t", DataTypes.StringType)
            .add("picture", DataTypes.BinaryType)
            .add("side", DataTypes.IntegerType);
    spark.createDataFrame(rows, type).repartition(2, col("id")).createOrReplaceTempView("things");
  }

  @AfterEach
  void everyLeaseIsReturned() {
    assertThat(WarmEncoders.leases()).isZero();
  }

  private static String sentence(long i) {
    return "The harbour has " + i + " boats" + " and a bell".repeat((int) (i % 7));
  }

  private static byte[] picture(int i) {
    if (i == 4) {
      return new byte[] {1, 2, 3};
    }
    BufferedImage image = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(i % 2 == 0 ? Color.RED : Color.BLUE);
    pen.fillOval(10 + i, 10, 60, 60);
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return bytes.toByteArray();
  }

  private static List<Row> rows(String sql) {
    return spark.sql(sql).collectAsList();
  }

  private static Object value(String sql) {
    return rows(sql).get(0).get(0);
  }

  private static String optimized(String sql) {
    return spark.sql(sql).queryExecution().optimizedPlan().toString();
  }

  private static float[] vector(Row struct) {
    List<Float> numbers = struct.getList(struct.fieldIndex("vector"));
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = numbers.get(i);
    }
    return vector;
  }

  private static List<float[]> encoded(EncoderSpec spec, List<String> texts) {
    return Vectors.encode(spec, texts.stream().map(EmbedInput::text).toList(), 8);
  }

  @Test
  void manyRowsGoThroughThePumpInTheirOrder() {
    Dataset<Row> texts =
        spark
            .range(0, 400, 1, 2)
            .selectExpr(
                "id",
                "IF(id % 3 = 1, NULL, concat('The harbour has ', id, ' boats',"
                    + " repeat(' and a bell', CAST(id % 7 AS INT)))) AS t");
    Dataset<Row> embedded = texts.withColumn("v", call_function("mm_embed_text", col("t")));

    assertThat(embedded.queryExecution().executedPlan().toString()).contains(OPERATOR);
    List<Row> rows = embedded.collectAsList();
    assertThat(rows).extracting(row -> row.getLong(0)).isSorted().hasSize(400);
    List<Row> there = rows.stream().filter(row -> row.getLong(0) % 3 != 1).toList();
    assertThat(rows).filteredOn(row -> row.getLong(0) % 3 == 1).allMatch(row -> row.isNullAt(2));
    List<float[]> expected =
        encoded(TEXTS, there.stream().map(row -> sentence(row.getLong(0))).toList());
    for (int i = 0; i < there.size(); i++) {
      Row struct = there.get(i).getStruct(2);
      assertThat(struct.<String>getAs("encoder")).isEqualTo(TEXTS.encoder());
      assertThat(struct.<String>getAs("error_code")).isNull();
      assertThat(Vectors.cosine(vector(struct), expected.get(i))).isGreaterThan(0.9999);
    }
  }

  /** Those wait for nobody, and so would be read without end. */
  @Test
  void rowsWithoutInputDoNotPileUp() {
    List<Row> rows =
        spark
            .range(0, 9_000, 1, 1)
            .selectExpr("id", "IF(id IN (0, 1, 1500, 1501, 7000), 'a boat', NULL) AS t")
            .selectExpr("id", "mm_embed_text(t).encoder AS encoder")
            .collectAsList();

    assertThat(rows).extracting(row -> row.getLong(0)).isSorted().hasSize(9_000);
    assertThat(rows)
        .filteredOn(row -> !row.isNullAt(1))
        .extracting(row -> row.getLong(0))
        .containsExactly(0L, 1L, 1500L, 1501L, 7000L);
  }

  @Test
  void aQueryThatStopsEarlyReturnsItsLease() {
    assertThat(
            spark
                .range(0, 100_000, 1, 1)
                .selectExpr("mm_embed_text(concat('boat ', id)) AS v")
                .limit(3)
                .collectAsList())
        .hasSize(3);
  }

  @Test
  void aPictureThatCannotBeReadIsARowWithACode() {
    List<Row> rows = rows("SELECT mm_embed_image(picture) FROM things ORDER BY id");

    assertThat(rows.get(4).getStruct(0).<String>getAs("error_code")).isNotBlank();
    assertThat(rows.get(4).getStruct(0).<Object>getAs("vector")).isNull();
    assertThat(rows.get(0).getStruct(0).<String>getAs("error_code")).isNull();
    assertThat(
            rows(
                    "SELECT mm_similarity(v, v) FROM (SELECT id, mm_embed_image(picture) v FROM things)"
                        + " ORDER BY id")
                .stream()
                .map(row -> row.isNullAt(0))
                .toList())
        .containsExactly(false, false, false, false, true, false);
  }

  @Test
  void wordsFindPicturesInTheFamilyThatComparesThem() {
    List<Row> best =
        rows(
            "SELECT id % 2, avg(mm_similarity(mm_embed_image(picture), mm_embed_text('a blue circle',"
                + " 'clip'))) AS score FROM things WHERE id <> 4 GROUP BY 1 ORDER BY score DESC");

    assertThat(best.get(0).getInt(0)).isEqualTo(1);
    assertThat(value("SELECT mm_embed_text('a blue circle', 'clip').encoder"))
        .isEqualTo(Vectors.shapesClip(Tower.IMAGE).encoder());
  }

  @Test
  void aConstantIsEmbeddedOnceBeforeAnythingRuns() {
    String sql =
        "SELECT id, mm_similarity(mm_embed_text(t), mm_embed_text('boats')) AS s FROM things";

    assertThat(optimized(sql)).contains("EmbedNode").doesNotContain("mm_embed_text(boats)");
    assertThat(rows(sql)).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT v.vector, v.encoder FROM (SELECT id, mm_embed_text(t) v FROM things) WHERE v.error_code"
            + " IS NULL AND id > 0",
        "SELECT mm_embed_text(t).vector, mm_embed_text(t).encoder FROM things WHERE"
            + " mm_embed_text(t).error_code IS NULL",
        "SELECT id FROM things ORDER BY mm_similarity(mm_embed_text(t), mm_embed_text('x'))",
        "SELECT max(mm_similarity(mm_embed_text(t), mm_embed_text('x'))) FROM things GROUP BY side",
        "SELECT mm_embed_text(t), count(1) FROM things GROUP BY mm_embed_text(t)",
        "SELECT a.id FROM things a JOIN things b ON a.id = b.id AND"
            + " mm_similarity(mm_embed_text(a.t), mm_embed_text('x')) > -1",
      })
  void eachEmbeddingIsComputedOnceWhereverItStands(String sql) {
    String plan = optimized(sql);

    assertThat(plan.split("EmbedNode")).as(plan).hasSize(2);
    assertThat(rows(sql)).isNotEmpty();
  }

  /** The optimizer makes one operator of a grouping and of what is computed on it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT t, mm_embed_text(t) FROM things GROUP BY t",
        "SELECT t, mm_embed_text(t) FROM (SELECT DISTINCT t FROM things)",
        "SELECT t, mm_embed_text(t) FROM (SELECT DISTINCT t FROM things WHERE"
            + " mm_embed_text(t).error_code IS NULL)",
        "SELECT max(t), mm_embed_text(max(t)) FROM things GROUP BY id",
        "SELECT concat(t, max(id)), mm_embed_text(concat(t, max(id))) FROM things GROUP BY t",
        "SELECT upper(t), mm_embed_text(upper(t)) FROM things GROUP BY upper(t)",
      })
  void whatIsLeftOfAGroupIsEmbeddedInBatches(String sql) {
    assertEmbedded(spark.sql(sql));
  }

  @Test
  void whatIsLeftWithoutDuplicatesIsEmbeddedInBatches() {
    assertEmbedded(
        spark
            .table("things")
            .union(spark.table("things"))
            .dropDuplicates("t")
            .select(col("t"), call_function("mm_embed_text", col("t"))));
  }

  /** Rows of a text and its vector, one of them without. */
  private static void assertEmbedded(Dataset<Row> textsWithVectors) {
    assertThat(textsWithVectors.queryExecution().executedPlan().toString()).contains(OPERATOR);
    List<Row> rows = textsWithVectors.collectAsList();
    List<Row> there = rows.stream().filter(row -> !row.isNullAt(0)).toList();
    assertThat(rows).hasSize(6);
    assertThat(there).hasSize(5);
    assertThat(rows).allMatch(row -> row.isNullAt(0) == row.isNullAt(1));
    List<float[]> expected = encoded(TEXTS, there.stream().map(row -> row.getString(0)).toList());
    for (int i = 0; i < there.size(); i++) {
      assertThat(Vectors.cosine(vector(there.get(i).getStruct(1)), expected.get(i)))
          .isGreaterThan(0.9999);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a.id, b.id FROM things a CROSS JOIN things b WHERE"
            + " mm_similarity(mm_embed_text(a.t), mm_embed_text(b.t)) > -1",
        "SELECT mm_similarity(mm_embed_text(a.t), mm_embed_text(b.t)) AS s FROM things a, things b,"
            + " things c WHERE mm_similarity(mm_embed_text(a.t), mm_embed_text(b.t)) > -1 ORDER BY"
            + " s",
        "SELECT mm_similarity(mm_embed_text(a.t), mm_embed_text(b.t)) FROM things a JOIN things b"
            + " ON a.id < b.id AND mm_similarity(mm_embed_text(a.t), mm_embed_text(b.t)) > -1",
      })
  void pairsAreMadeOfRowsThatWereEmbedded(String sql) {
    String plan = optimized(sql);

    assertThat(plan.split("EmbedNode")).as(plan).hasSize(3);
    assertThat(plan.substring(plan.indexOf("EmbedNode"))).as(plan).doesNotContain("Join Inner, (");
    assertThat(plan.indexOf("Join")).as(plan).isLessThan(plan.indexOf("EmbedNode"));
    assertThat(rows(sql)).isNotEmpty();
  }

  @Test
  void columnsThatNobodyAsksForDoNotWait() {
    assertThat(optimized("SELECT mm_embed_text(t) FROM things"))
        .containsPattern("EmbedNode[^\n]*\n *\\+- Project \\[t#\\d+]\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT transform(array('a boat', NULL), x -> mm_embed_text(x).encoder IS NULL)[0] | false",
        "SELECT size(mm_embed_text(max(t)).vector) = 384 FROM things | true",
        "SELECT mm_embed_text(CAST(NULL AS STRING)) IS NULL | true",
        "SELECT mm_embed_text(NULL) IS NULL | true",
        "SELECT mm_similarity(NULL, mm_embed_text('x')) IS NULL | true",
        "SELECT count(mm_embed_text(t)) = 5 FROM things | true",
        "SELECT size((SELECT mm_embed_text(max(t)) FROM things).vector) = 384 | true",
        "SELECT count(*) = 5 FROM things WHERE EXISTS (SELECT 1 FROM things u WHERE u.id = things.id"
            + " AND mm_embed_text(u.t).vector IS NOT NULL) | true",
        "SELECT count(*) = 5 * 384 FROM (SELECT b.side, x FROM (SELECT * FROM things WHERE"
            + " mm_embed_text(t).error_code IS NULL) a JOIN things b ON a.id = b.id LATERAL VIEW"
            + " explode(mm_embed_text(a.t).vector) e AS x) WHERE side >= 0 AND x < 2 | true",
        "SELECT exists(array('a'), x -> mm_embed_text(concat(x, t)).vector = mm_embed_text(concat('a',"
            + " t)).vector) FROM things WHERE id = 1 | true",
      })
  void theSameComesWhereRowsComeOneByOne(String sql, boolean expected) {
    assertThat(value(sql)).isEqualTo(expected);
  }

  @Test
  void anotherModelIsASetting() {
    SparkSession other = spark.newSession();
    other.sql("SET spark.lakehouse.family.shapes.bundle=shapes-clip");

    assertThat(
            other
                .sql("SELECT mm_embed_text('a red square', 'shapes').encoder")
                .collectAsList()
                .get(0)
                .getString(0))
        .isEqualTo(Vectors.shapesClip(Tower.IMAGE).encoder());
  }

  @Test
  void similarityIsTheCosine() {
    assertThat(
            (Double)
                value(
                    "SELECT mm_similarity(named_struct('encoder', 'e', 'vector', array(3f, 0f)),"
                        + " named_struct('vector', array(2f, 2f), 'encoder', 'e'))"))
        .isEqualTo(Math.sqrt(0.5), within(1e-9));
    assertThat(
            value(
                "SELECT mm_similarity(named_struct('encoder', 'e', 'vector', array(0f, 0f)),"
                    + " named_struct('vector', array(2f, 2f), 'encoder', 'e'))"))
        .isNull();
    assertThat(
            value(
                "SELECT mm_similarity(named_struct('encoder', 'e', 'vector', array(1f, NULL)),"
                    + " named_struct('vector', array(2f, 2f), 'encoder', 'e'))"))
        .isNull();
    float[] a = encoded(TEXTS, List.of("a boat")).get(0);
    float[] b = encoded(TEXTS, List.of("the tide")).get(0);
    assertThat(
            (Double)
                value("SELECT mm_similarity(mm_embed_text('a boat'), mm_embed_text('the tide'))"))
        .isEqualTo(Vectors.cosine(a, b), within(1e-6));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mm_embed_text() | expected 1 to 2 arguments and found 0. It is called mm_embed_text(text [, family])",
        "mm_embed_text('a', 'b', 'c') | expected 1 to 2 arguments and found 3",
        "mm_embed_text(id) | mm_embed_text takes a text: expected STRING and found things.id, of type INT",
        "mm_embed_image(t) | expected BINARY and found things.t, of type STRING",
        "mm_embed_text(t, t) | expected family as a text that is the same for all rows and found",
        "mm_embed_text(t, 3) | expected family as a text and found 3, of type INT",
        "mm_embed_text(t, 'nope') | Unknown family 'nope': expected one of [text, clip]",
        "mm_embed_text(t, 'nope') | In SQL, --set key=value is SET spark.key=value",
        "mm_embed_image(picture, 'text') | Family text embeds no image",
        "mm_similarity(mm_embed_text(t), 'x') | expected a struct with encoder STRING and vector",
        "mm_similarity(mm_embed_text(t)) | expected 2 arguments and found 1",
        "mm_similarity(mm_embed_text(t), mm_embed_image(picture)) | Cannot compare vectors of two encoders",
      })
  void aCallThatCannotBeRightIsRefusedBeforeAnythingRuns(String call, String why) {
    assertThatThrownBy(() -> spark.sql("SELECT " + call + " FROM things"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining(why);
  }

  @Test
  void aFamilyThatIsOffSaysHowItIsTurnedOn() {
    assertThatThrownBy(() -> spark.newSession().sql("SELECT mm_embed_image(X'00')"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("Family clip is off")
        .hasMessageContaining("lakehouse.family.clip.bundle")
        .cause()
        .isInstanceOfSatisfying(
            LakehouseException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.CONFIG_INVALID));
  }

  /** Spark analyses a view under none of the session's settings but its own. */
  @Test
  void anotherModelIsASettingInAView() {
    SparkSession other = spark.newSession();
    other.sql("SET spark.lakehouse.family.shapes.bundle=shapes-clip");
    other.sql(
        "CREATE TEMPORARY VIEW seen AS SELECT mm_embed_text('a red square', 'shapes').encoder");

    assertThat(other.sql("SELECT * FROM seen").collectAsList().get(0).getString(0))
        .isEqualTo(Vectors.shapesClip(Tower.IMAGE).encoder());
  }

  @Test
  void whatOneRowAfterAnotherAsksForIsEmbeddedOnce() {
    Expression embedding =
        ScalarFunction.ALL.get(0).of(List.of(new BoundReference(0, DataTypes.StringType, true)));
    List<Object> vectors =
        Stream.of("a boat", "a boat", "the tide", "a boat")
            .map(text -> embedding.eval(InternalRow.apply(one(UTF8String.fromString(text)))))
            .toList();

    assertThat(vectors.get(1)).isSameAs(vectors.get(0));
    assertThat(vectors.get(2)).isNotEqualTo(vectors.get(0));
    assertThat(vectors.get(3)).isEqualTo(vectors.get(0));
  }

  private static Seq<Object> one(Object value) {
    return SeqOf.list(List.of(value));
  }

  @Test
  void aModelThatIsNotThereIsNamed() {
    SparkSession other = spark.newSession();
    other.conf().set("spark.lakehouse.family.odd.bundle", "no-such-model");

    assertThatThrownBy(() -> other.sql("SELECT mm_embed_text('x', 'odd')"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("No model bundle 'no-such-model'");
  }

  @Test
  void rowsOfTwoEncodersAreRefusedNamingBoth() {
    assertThatThrownBy(
            () ->
                rows(
                    "SELECT mm_similarity(a.v, b.v) FROM (SELECT id, mm_embed_text(t) v FROM things) a"
                        + " JOIN (SELECT id, mm_embed_image(picture) v FROM things) b ON a.id = b.id"))
        .rootCause()
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("Cannot compare vectors of two encoders")
        .hasMessageContaining(TEXTS.encoder())
        .hasMessageContaining(Vectors.shapesClip(Tower.IMAGE).encoder());
  }

  /** As PySpark makes its session, which asks no service file. */
  @Test
  void aSessionThatRunsIsGivenTheFunctions() {
    SparkSession bare = new SparkSession(spark.sparkContext(), new HashMap<>());
    assertThatThrownBy(() -> bare.sql("SELECT mm_embed_text('x')"))
        .isInstanceOf(AnalysisException.class)
        .hasMessageContaining("UNRESOLVED_ROUTINE");

    Lakehouse.register(bare);
    Lakehouse.register(bare);

    assertThat(bare.experimental().extraStrategies().size()).isEqualTo(1);
    assertThat(bare.experimental().extraOptimizations().size()).isEqualTo(2);
    Dataset<Row> embedded =
        bare.range(3).selectExpr("size(mm_embed_text(concat('boat ', id)).vector)");
    assertThat(embedded.queryExecution().executedPlan().toString()).contains(OPERATOR);
    assertThat(embedded.collectAsList())
        .extracting(row -> row.getInt(0))
        .containsExactly(384, 384, 384);
    assertThat(bare.sql("DESCRIBE FUNCTION mm_embed_text").collectAsList().toString())
        .contains("mm_embed_text(text [, family])");
    spark.sql("SELECT id, t, picture FROM things").write().parquet(folder.toString() + "/things");
    Dataset<Row> selected =
        bare.read()
            .parquet(folder + "/things")
            .where("mm_embed_text(t).error_code IS NULL")
            .select("id");
    assertThat(selected.queryExecution().executedPlan().toString())
        .contains(OPERATOR)
        .containsPattern("FileScan parquet \\[id#\\d+,t#\\d+]");
  }
}
