// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.bundle.description.FileCheck;
import dev.lakehouse.core.bundle.description.Graph;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.PinnedFile;
import dev.lakehouse.core.bundle.description.Pooling;
import dev.lakehouse.core.bundle.description.TokenizerSpec;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.bundle.engine.LoadedTower;
import dev.lakehouse.core.bundle.engine.Tokens;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What sentence-transformers writes beside a network is done, or refused by name. */
class TestSentenceExports {
  private static final String TANH = "torch.nn.modules.activation.Tanh";
  private static final String SENTENCE_TRANSFORMERS = "config_sentence_transformers.json";

  @TempDir Path export;
  @TempDir Path models;

  @BeforeEach
  void network() throws IOException {
    ExportDirs.tokenizer(export);
    new TinyOnnx()
        .tokens("input_ids")
        .tokens("attention_mask")
        .table("words", 88, 2, table(88 * 2))
        .look("words", "input_ids", "each")
        .floats("attention_mask", "m")
        .widen("m", "mask")
        .times("each", "mask", "last_hidden_state")
        .output("last_hidden_state", 3)
        .write(export.resolve("model.onnx"));
  }

  /** Numbers without a pattern. */
  static float[] table(int count) {
    float[] table = new float[count];
    for (int i = 0; i < count; i++) {
      table[i] = (float) Math.sin(1 + 12.9898 * i);
    }
    return table;
  }

  @Test
  void aDenseLayerAfterThePoolingIsApplied() throws IOException {
    pooling("\"pooling_mode_mean_tokens\": true");
    dense(2, 3, TANH, new float[] {1, 0, 0, 1, 1, 1}, new float[] {0, 0, 0.5f});
    modules("Transformer", "Pooling", "Dense", "Normalize");

    ModelBundle bundle = bring();

    assertThat(bundle.dimension()).isEqualTo(3);
    assertThat(bundle.contents())
        .extracting(PinnedFile::file)
        .containsExactly("model.onnx", "2_Dense/model.safetensors", "tokenizer.json");
    assertThat(Bundles.verify(bundle)).allMatch(FileCheck::intact);
    float[] table = table(88 * 2);
    double x = (table[16] + table[120]) / 2; // words 8 and 60
    double y = (table[17] + table[121]) / 2;
    assertThat(vector(bundle, 8, 60))
        .containsExactly(
            new float[] {
              (float) Math.tanh(x), (float) Math.tanh(y), (float) Math.tanh(x + y + 0.5)
            },
            within(1e-6f));
  }

  @Test
  void aDenseLayerChangesTheDigest() throws IOException {
    String plain = bring("plain").digest();
    pooling("\"pooling_mode_mean_tokens\": true");
    dense(2, 2, TANH, new float[] {1, 0, 0, 1}, new float[2]);
    modules("Transformer", "Pooling", "Dense");

    assertThat(bring("deep").digest()).isNotEqualTo(plain);
  }

  @Test
  void aDenseLayerInAPickleIsRefused() throws IOException {
    pooling("\"pooling_mode_mean_tokens\": true");
    dense(2, 3, TANH, new float[6], new float[3]);
    Files.move(
        export.resolve("2_Dense/model.safetensors"), export.resolve("2_Dense/pytorch_model.bin"));
    modules("Transformer", "Pooling", "Dense");

    assertRefused("2_Dense/model.safetensors is missing", "Pickles");
  }

  @Test
  void aDenseLayerOfAnotherFunctionIsNamed() throws IOException {
    pooling("\"pooling_mode_mean_tokens\": true");
    dense(2, 3, "torch.nn.modules.activation.GELU", new float[6], new float[3]);
    modules("Transformer", "Pooling", "Dense");

    assertRefused("2_Dense/config.json", "activation_function", "GELU", "sentence_embedding");
  }

  @Test
  void aDenseLayerOfAnotherModelIsNamed() throws IOException {
    pooling("\"pooling_mode_mean_tokens\": true");
    dense(5, 3, TANH, new float[15], new float[3]);
    modules("Transformer", "Pooling", "Dense");

    assertRefused("2_Dense/model.safetensors takes 5 numbers: expected 2");
  }

  @Test
  void weightsThatAreNoSafetensorsAreNamed() throws IOException {
    pooling("\"pooling_mode_mean_tokens\": true");
    dense(2, 3, TANH, new float[6], new float[3]);
    Files.writeString(export.resolve("2_Dense/model.safetensors"), "version https://git-lfs");
    modules("Transformer", "Pooling", "Dense");

    assertRefused("model.safetensors", "expected a safetensors file");
  }

  @Test
  void aWholeModelAsOneNetworkHasItsDenseLayerInside() throws IOException {
    float[] words = table(88 * 3);
    Arrays.fill(words, 0, 3, 0); // padding is no word
    new TinyOnnx()
        .tokens("input_ids")
        .table("words", 88, 3, words)
        .look("words", "input_ids", "token_embeddings")
        .sum("token_embeddings", "sum")
        .table("same", 3, 3, 1, 0, 0, 0, 1, 0, 0, 0, 0)
        .multiply("sum", "same", "sentence_embedding")
        .output("sentence_embedding", 2)
        .write(export.resolve("model.onnx"));
    pooling("\"pooling_mode_max_tokens\": true");
    dense(2, 3, TANH, new float[6], new float[3]);
    modules("Transformer", "Pooling", "Dense");

    Graph graph = bring().tower(Tower.TEXT).graph();

    assertThat(graph.dense()).isEmpty();
    assertThat(graph.dimension()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"pooling_mode_mean_tokens\": true, \"pooling_mode_cls_token\": true | [cls, mean]",
        "\"pooling_mode_lasttoken\": true | [lasttoken]",
        "\"pooling_mode_max_tokens\": true | [max]",
        "\"pooling_mode_mean_sqrt_len_tokens\": true | [mean_sqrt_len_tokens]",
        "\"pooling_mode_weightedmean_tokens\": true | [weightedmean]",
        "\"pooling_mode_mean_tokens\": false | the pooling is []",
        "\"pooling_mode\": \"lasttoken\" | [lasttoken]",
        "\"pooling_mode_mean_tokens\": true, \"pooling_mode_attention\": true | pooling_mode_attention",
        "\"pooling_mode_mean_tokens\": true, \"word_embedding_dimension\": 384 | is 384"
      })
  void whatIsNotTheMeanOrTheClassTokenIsRefused(String config, String part) throws IOException {
    pooling(config);

    assertRefused("1_Pooling/config.json", part);
  }

  @ParameterizedTest
  @CsvSource({"pooling_mode_mean_tokens, MEAN", "pooling_mode_cls_token, FIRST"})
  void whatIsWrittenDownIsDone(String key, Pooling pooling) throws IOException {
    pooling("\"%s\": true, \"pooling_mode_max_tokens\": false".formatted(key));

    assertThat(bring().tower(Tower.TEXT).graph().pooling()).isEqualTo(pooling);
  }

  @Test
  void aPoolingElsewhereIsFoundByTheListOfModules() throws IOException {
    pooling("\"pooling_mode_cls_token\": true");
    Files.move(export.resolve("1_Pooling"), export.resolve("9_Pooling"));
    Files.writeString(
        export.resolve("modules.json"),
        """
        [{"path": "", "type": "sentence_transformers.models.Transformer"},
         {"path": "9_Pooling", "type": "sentence_transformers.models.Pooling"}]
        """);

    assertThat(bring().tower(Tower.TEXT).graph().pooling()).isEqualTo(Pooling.FIRST);
  }

  @Test
  void aGuessedPoolingIsSaid() {
    assertThat(notes()).anyMatch(note -> note.contains("no file says how last_hidden_state"));
  }

  @Test
  void aModelThatWritesTextIsNotPooledByGuess() throws IOException {
    Files.writeString(export.resolve("config.json"), "{\"architectures\": [\"Qwen3ForCausalLM\"]}");

    assertRefused("Qwen3ForCausalLM", "1_Pooling/config.json");
  }

  @Test
  void aModuleThatNobodyKnowsIsNamed() throws IOException {
    modules("Transformer", "WeightedLayerPooling", "Pooling");

    assertRefused("modules.json", "WeightedLayerPooling", "sentence_embedding");
  }

  @Test
  void promptsStandInFrontOfQueriesAndDocuments() throws IOException {
    Files.writeString(
        export.resolve(SENTENCE_TRANSFORMERS),
        """
        {"__version__": {"sentence_transformers": "5.0.0"}, "similarity_fn_name": "cosine",
         "prompts": {"query": "a red ", "document": "a "}, "default_prompt_name": null}
        """);

    TokenizerSpec tokenizer = bring().tower(Tower.TEXT).requireTokenizer();

    assertThat(tokenizer.queryPrompt()).isEqualTo("a red ");
    assertThat(tokenizer.documentPrompt()).isEqualTo("a ");
    assertThat(notes()).anyMatch(note -> note.contains("'a red ' is put in front of queries"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"similarity_fn_name\": \"dot\"} | similarity_fn_name is dot",
        "{\"model_type\": \"SparseEncoder\"} | model_type is SparseEncoder",
        "{\"prompts\": {}, \"default_prompt_name\": \"query\"} | default_prompt_name is query",
        "{\"truncate_dim\": 64} | truncate_dim is 64"
      })
  void settingsOfAnotherSpaceAreRefused(String config, String part) throws IOException {
    Files.writeString(export.resolve(SENTENCE_TRANSFORMERS), config);

    assertRefused(SENTENCE_TRANSFORMERS, part);
  }

  @Test
  void aPromptThatThePoolingLeavesOutIsRefused() throws IOException {
    pooling("\"pooling_mode_mean_tokens\": true, \"include_prompt\": false");
    Files.writeString(
        export.resolve(SENTENCE_TRANSFORMERS), "{\"prompts\": {\"query\": \"a red\"}}");

    assertRefused("include_prompt is false");
  }

  @Test
  void lowerCasingThatTheTokenizerDoesNotDoIsRefused() throws IOException {
    Files.writeString(
        export.resolve("sentence_bert_config.json"),
        "{\"max_seq_length\": 12, \"do_lower_case\": true}");
    assertThat(bring("lower").tower(Tower.TEXT).requireTokenizer().maxTokens()).isEqualTo(12);
    Path tokenizer = export.resolve("tokenizer.json");
    Files.writeString(
        tokenizer,
        Files.readString(tokenizer).replaceFirst("\"lowercase\":\\s*true", "\"lowercase\": false"));

    assertRefused("sentence_bert_config.json", "do_lower_case is true");
  }

  private void pooling(String config) throws IOException {
    Files.createDirectories(export.resolve("1_Pooling"));
    Files.writeString(export.resolve("1_Pooling/config.json"), "{" + config + "}");
  }

  private void modules(String... types) throws IOException {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < types.length; i++) {
      list.append(list.isEmpty() ? "[" : ", ")
          .append(
              "{\"idx\": %d, \"path\": \"%s\", \"type\": \"sentence_transformers.models.%s\"}"
                  .formatted(i, i == 0 ? "" : i + "_" + types[i], types[i]));
    }
    Files.writeString(export.resolve("modules.json"), list.append("]").toString());
  }

  private void dense(int in, int out, String function, float[] weights, float[] offsets)
      throws IOException {
    Files.createDirectories(export.resolve("2_Dense"));
    Files.writeString(
        export.resolve("2_Dense/config.json"),
        """
        {"in_features": %d, "out_features": %d, "bias": true, "activation_function": "%s"}
        """
            .formatted(in, out, function));
    byte[] header =
        """
        {"linear.weight": {"dtype": "F32", "shape": [%d, %d], "data_offsets": [0, %d]},
         "linear.bias": {"dtype": "F32", "shape": [%d], "data_offsets": [%d, %d]}}
        """
            .formatted(
                out,
                in,
                4 * weights.length,
                out,
                4 * weights.length,
                4 * (weights.length + offsets.length))
            .getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + 4 * (weights.length + offsets.length))
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header.length)
            .put(header);
    for (float[] numbers : List.of(weights, offsets)) {
      for (float number : numbers) {
        bytes.putFloat(number);
      }
    }
    Files.write(export.resolve("2_Dense/model.safetensors"), bytes.array());
  }

  private static float[] vector(ModelBundle bundle, long... ids) {
    Tokens tokens = new Tokens(ids, new long[ids.length]);
    try (LoadedTower tower = LoadedTower.load(bundle, bundle.tower(Tower.TEXT), "cpu")) {
      return tower
          .vectors(TowerProbe.tensors(List.of(tokens), ids.length, 0), 1, Optional.empty())[0];
    }
  }

  private List<String> notes() {
    return BundleImport.prove(
            ImportRequest.of(export.toString()).named("noted"),
            ModelsRoot.at(models.toString()),
            staged -> List.of())
        .notes();
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(this::bring)
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_INVALID))
        .message()
        .contains(parts);
  }

  private ModelBundle bring() {
    return bring("x");
  }

  private ModelBundle bring(String name) {
    return BundleImport.run(
        ImportRequest.of(export.toString()).named(name), ModelsRoot.at(models.toString()));
  }
}
