// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.peers;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.microsoft.azure.synapse.ml.onnx.ONNXModel;
import com.microsoft.azure.synapse.ml.opencv.ImageTransformer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Iterator;
import scala.collection.Seq;

/**
 * SynapseML as its documentation has it: an {@code ImageTransformer} or a tokeniser, and an {@code
 * ONNXModel}, written to Parquet. Arguments: workload, cores, model, input, output, and for texts the
 * tokeniser and how many tokens rows are padded to, as the model stacks rows of one length.
 */
public final class SynapseMl {
  private static final String SYSTEM = "SynapseML";
  private static final int BATCH = 16;
  private static final int WARM_UP = 8;
  private static HuggingFaceTokenizer tokenizer;

  private SynapseMl() {}

  public static void main(String[] args) throws Exception {
    String workload = args[0];
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[%s]".formatted(args[1]))
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      Dataset<Row> inputs;
      Dataset<Row> few;
      if (workload.equals("images")) {
        inputs = images(spark.read().format("binaryFile").load(args[3]), args[2]);
        few = images(spark.read().format("binaryFile").load(args[3]).limit(WARM_UP), args[2]);
      } else {
        register(spark, args[5], Integer.parseInt(args[6]));
        Dataset<Row> texts = spark.read().text(args[3]).repartition(3 * Integer.parseInt(args[1]));
        inputs = texts(texts, args[2]);
        few = texts(texts.limit(WARM_UP), args[2]);
      }
      few.write().mode("overwrite").parquet(args[4]);
      Meter meter = new Meter();
      inputs.write().mode("overwrite").parquet(args[4]);
      meter.say(SYSTEM, workload, spark.read().parquet(args[4]).count());
    }
  }

  private static Dataset<Row> images(Dataset<Row> files, String network) {
    ImageTransformer pixels = new ImageTransformer();
    pixels.setInputCol("content");
    pixels.setOutputCol("features");
    pixels
        .resize(224, true)
        .centerCrop(224, 224)
        .normalize(
            new double[] {0.48145466, 0.4578275, 0.40821073},
            new double[] {0.26862954, 0.26130258, 0.27577711},
            1 / 255d)
        .setTensorElementType(DataTypes.FloatType);
    ONNXModel model = model(network);
    model.setFeedDict(new HashMap<>(Map.of("pixel_values", "features")));
    model.setFetchDict(new HashMap<>(Map.of("vector", "image_embeds")));
    return model.transform(pixels.transform(files)).selectExpr("path input", "vector");
  }

  private static Dataset<Row> texts(Dataset<Row> lines, String network) {
    ONNXModel model = model(network);
    model.setFeedDict(
        new HashMap<>(
            Map.of("input_ids", "ids", "attention_mask", "mask", "token_type_ids", "types")));
    model.setFetchDict(new HashMap<>(Map.of("hidden", "last_hidden_state")));
    Dataset<Row> tokens =
        lines
            .selectExpr("value input", "tokens(value) t")
            .selectExpr("input", "t[0] ids", "t[1] mask", "t[2] types");
    return model.transform(tokens).selectExpr("input", "mean(struct(hidden, mask)) vector");
  }

  private static ONNXModel model(String network) {
    ONNXModel model = new ONNXModel();
    model.setModelLocation(network);
    model.setDeviceType("CPU");
    model.setMiniBatchSize(BATCH);
    return model;
  }

  private static void register(SparkSession spark, String file, int length) {
    UDF1<String, List<long[]>> tokens =
        text -> {
          Encoding encoding = tokenizer(file, length).encode(text);
          return List.of(
              Arrays.copyOf(encoding.getIds(), length),
              Arrays.copyOf(encoding.getAttentionMask(), length),
              new long[length]);
        };
    UDF1<Row, float[]> mean = SynapseMl::mean;
    spark
        .udf()
        .register(
            "tokens",
            tokens,
            DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.LongType)));
    spark.udf().register("mean", mean, DataTypes.createArrayType(DataTypes.FloatType));
  }

  private static synchronized HuggingFaceTokenizer tokenizer(String file, int length)
      throws IOException {
    if (tokenizer == null) {
      tokenizer =
          HuggingFaceTokenizer.newInstance(
              Path.of(file),
              Map.of("padding", "false", "truncation", "true", "maxLength", "" + length));
    }
    return tokenizer;
  }

  private static float[] mean(Row row) {
    List<?> hidden = row.getList(0);
    List<Long> mask = row.getList(1);
    float[] sum = new float[((Seq<?>) hidden.get(0)).length()];
    for (int position = 0; position < mask.size() && mask.get(position) != 0; position++) {
      Iterator<?> numbers = ((Seq<?>) hidden.get(position)).iterator();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += ((Number) numbers.next()).floatValue();
      }
    }
    double squares = 0;
    for (float number : sum) {
      squares += (double) number * number;
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= (float) Math.sqrt(squares);
    }
    return sum;
  }
}
