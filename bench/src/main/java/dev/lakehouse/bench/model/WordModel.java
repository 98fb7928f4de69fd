// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.model;

import dev.lakehouse.bench.floor.MiniLm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A model of sentences that costs next to nothing: the mean of its words, each a point of a space
 * of few dimensions, laid into one of many. So the vectors of a large lake are those of a real run
 * and as hard to search as those of sentences, which fill few of their dimensions as well.
 *
 * @param dimension of its vectors
 */
public record WordModel(int dimension) {
  private static final int LATENT = 48;
  private static final int WORDS = 30_522;
  private static final int MAX_TOKENS = 64;

  /** Writes the export into a folder. */
  public void write(Path folder, long seed) throws IOException {
    Files.createDirectories(folder.resolve("1_Pooling"));
    MiniLm.extractTokenizer(folder);
    network().write(folder.resolve("model.onnx"), seed);
    Files.writeString(
        folder.resolve("modules.json"),
        """
        [{"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
         {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
         {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]
        """);
    Files.writeString(
        folder.resolve("1_Pooling/config.json"),
        """
        {"word_embedding_dimension": %d, "pooling_mode_mean_tokens": true}
        """
            .formatted(dimension));
    Files.writeString(
        folder.resolve("sentence_bert_config.json"),
        """
        {"max_seq_length": %d, "do_lower_case": false}
        """
            .formatted(MAX_TOKENS));
  }

  private OnnxGraph network() {
    OnnxGraph graph = new OnnxGraph("words");
    String ids = graph.input("input_ids", OnnxGraph.INT64, "batch", "length");
    String mask = graph.input("attention_mask", OnnxGraph.INT64, "batch", "length");
    String words =
        graph.operator("Gather", List.of(graph.weights("words", 0, 1, WORDS, LATENT), ids));
    String laid =
        graph.operator("MatMul", List.of(words, graph.weights("lay", 0, 1, LATENT, dimension)));
    String real =
        graph.operator("Cast", List.of(mask), OnnxGraph.attribute("to", (long) OnnxGraph.FLOAT));
    String wide = graph.operator("Unsqueeze", List.of(real, graph.numbers("last", 2)));
    graph.output(
        graph.operator("Mul", List.of(laid, wide)),
        "last_hidden_state",
        "batch",
        "length",
        dimension);
    return graph;
  }
}
