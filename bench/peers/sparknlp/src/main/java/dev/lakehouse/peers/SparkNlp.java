// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.peers;

import com.johnsnowlabs.nlp.DocumentAssembler;
import com.johnsnowlabs.nlp.embeddings.E5Embeddings;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Spark NLP as its documentation has it: a {@code DocumentAssembler} and an embedding with mean
 * pooling, over the same network, written to Parquet. Arguments: workload, cores, folder with {@code
 * model.onnx} and {@code assets/vocab.txt}, input, output, tokens at most.
 */
public final class SparkNlp {
  private static final String SYSTEM = "Spark NLP";
  private static final int BATCH = 16;
  private static final int WARM_UP = 8;

  private SparkNlp() {}

  public static void main(String[] args) throws Exception {
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[%s]".formatted(args[1]))
            .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .config("spark.kryoserializer.buffer.max", "1g")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate()) {
      spark.sparkContext().setLogLevel("ERROR");
      DocumentAssembler documents = new DocumentAssembler();
      documents.setInputCol("value");
      documents.setOutputCol("document");
      E5Embeddings model = E5Embeddings.loadSavedModel(args[2], spark, false);
      model.set(model.caseSensitive(), (Object) false); // as the vocabulary is
      model.setInputCols(new String[] {"document"});
      model.setOutputCol("embedded");
      model.setBatchSize(BATCH);
      model.setMaxSentenceLength(Integer.parseInt(args[5]));
      model.setDimension(384);
      Dataset<Row> texts = spark.read().text(args[3]).repartition(3 * Integer.parseInt(args[1]));
      write(model.transform(documents.transform(texts.limit(WARM_UP))), args[4]);
      Meter meter = new Meter();
      write(model.transform(documents.transform(texts)), args[4]);
      meter.say(SYSTEM, args[0], spark.read().parquet(args[4]).count());
    }
  }

  private static void write(Dataset<Row> embedded, String place) {
    embedded
        .selectExpr("value input", "embedded[0].embeddings vector")
        .write()
        .mode("overwrite")
        .parquet(place);
  }
}
