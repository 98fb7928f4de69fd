// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.bundle.description.Input;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.TokenizerSpec;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.LoadedTower;
import dev.lakehouse.core.bundle.engine.Tensor;
import dev.lakehouse.core.bundle.engine.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks whose inputs are declared otherwise than float32, int64 and any length. */
class TestImportInputs {
  private static final int UINT8 = 2;
  private static final int INT32 = 6;
  private static final int INT64 = 7;
  private static final int BOOL = 9;
  private static final int FLOAT = 1;

  @TempDir Path export;
  @TempDir Path models;

  @BeforeEach
  void files() throws IOException {
    ExportDirs.tokenizer(export);
    Files.writeString(export.resolve("preprocessor_config.json"), ExportDirs.CLIP_PREPROCESSOR);
  }

  @Test
  void wholeNumbersOf32BitsGiveTheSameVectors() {
    words(new TinyOnnx().tokens("input_ids")).write(export.resolve("model.onnx"));
    float[] expected = vector(bring("long"), 8, 60, 23);
    words(new TinyOnnx().shortTokens("input_ids")).write(export.resolve("model.onnx"));

    assertThat(vector(bring("short"), 8, 60, 23)).isEqualTo(expected);
  }

  @Test
  void everyInputHasItsOwnFormat() {
    masked(new TinyOnnx().tokens("input_ids").shortTokens("attention_mask"))
        .write(export.resolve("model.onnx"));
    float[] whole = vector(bring("whole"), 8, 60);
    masked(new TinyOnnx().shortTokens("input_ids").fixed("attention_mask", BOOL, 0, 0))
        .write(export.resolve("model.onnx"));
    float[] marks = vector(bring("marks"), 8, 60);
    masked(new TinyOnnx().tokens("input_ids").fixed("attention_mask", FLOAT, 0, 0))
        .write(export.resolve("model.onnx"));

    assertThat(vector(bring("real"), 8, 60)).isEqualTo(whole).isEqualTo(marks);
  }

  @Test
  void bothTowersOfOneNetworkMayReadThem() {
    new TinyOnnx()
        .halfPixels()
        .shortTokens("input_ids")
        .floats("pixel_values", "p")
        .average("p", "a")
        .flat("a", "image_embeds")
        .floats("input_ids", "b")
        .mean("b", "c")
        .concat(List.of("c", "c", "c"), 1, "text_embeds")
        .output("image_embeds", 2)
        .output("text_embeds", 2)
        .write(export.resolve("model.onnx"));

    assertThat(bring("both").dimension()).isEqualTo(3);
  }

  @Test
  void picturesInHalfPrecisionGiveNearlyTheSameVectors() {
    pictures(new TinyOnnx().pixels()).write(export.resolve("vision_model.onnx"));
    captions();
    float[] expected = picture(bring("whole"));
    pictures(new TinyOnnx().halfPixels()).write(export.resolve("vision_model.onnx"));

    assertThat(picture(bring("half"))).containsExactly(expected, within(1e-3f));
  }

  @Test
  void numbersThatCannotBeFedAreNamed() {
    captions();
    new TinyOnnx()
        .fixed("pixel_values", UINT8, 0, 3, 224, 224)
        .floats("pixel_values", "p")
        .average("p", "a")
        .flat("a", "image_embeds")
        .output("image_embeds", 2)
        .write(export.resolve("vision_model.onnx"));

    assertRefused(
        "input pixel_values of vision_model.onnx takes uint8: expected float16 or float32");
  }

  @Test
  void aNetworkForOneItemAtOnceIsAdvisedAboutItsBatchAxis() {
    words(new TinyOnnx().fixed("input_ids", INT32, 1, 77)).write(export.resolve("model.onnx"));

    assertRefused("int32 [1, 77]", "made for 1 items at once", "dynamic batch axis");
  }

  @Test
  void aNetworkForOneLengthGetsThatLength() {
    words(new TinyOnnx().fixed("input_ids", INT64, 0, 16)).write(export.resolve("model.onnx"));

    TokenizerSpec tokenizer = bring("fixed").tower(Tower.TEXT).requireTokenizer();

    assertThat(tokenizer.padTo()).isEqualTo(16);
    assertThat(tokenizer.maxTokens()).isEqualTo(16);
  }

  @Test
  void picturesOfAnotherSizeThanTheNetworkTakesAreNamed() {
    captions();
    pictures(new TinyOnnx().fixed("pixel_values", FLOAT, 0, 3, 336, 336))
        .write(export.resolve("vision_model.onnx"));

    assertRefused("makes pictures of [3, 224, 224]", "[any, 3, 336, 336]", "expected the same");
  }

  private static TinyOnnx pictures(TinyOnnx network) {
    return network
        .floats("pixel_values", "p")
        .average("p", "a")
        .flat("a", "image_embeds")
        .output("image_embeds", 2);
  }

  private void captions() {
    float[] words = TestSentenceExports.table(88 * 3);
    Arrays.fill(words, 0, 3, 0); // padding is no word
    new TinyOnnx()
        .tokens("input_ids")
        .table("words", 88, 3, words)
        .look("words", "input_ids", "each")
        .sum("each", "text_embeds")
        .output("text_embeds", 2)
        .write(export.resolve("text_model.onnx"));
  }

  private static TinyOnnx words(TinyOnnx network) {
    return network
        .table("words", 88, 2, TestSentenceExports.table(88 * 2))
        .look("words", "input_ids", "last_hidden_state")
        .output("last_hidden_state", 3);
  }

  private static TinyOnnx masked(TinyOnnx network) {
    return network
        .table("words", 88, 2, TestSentenceExports.table(88 * 2))
        .look("words", "input_ids", "each")
        .floats("attention_mask", "m")
        .widen("m", "mask")
        .times("each", "mask", "last_hidden_state")
        .output("last_hidden_state", 3);
  }

  private static float[] vector(ModelBundle bundle, long... ids) {
    Tokens tokens = new Tokens(ids, new long[ids.length]);
    try (LoadedTower tower = LoadedTower.load(bundle, bundle.tower(Tower.TEXT), "cpu")) {
      return tower
          .vectors(TowerProbe.tensors(List.of(tokens), ids.length, 0), 1, Optional.empty())[0];
    }
  }

  private static float[] picture(ModelBundle bundle) {
    Tensor.Floats pixels = Tensor.Floats.zeros(1, 3, 224, 224);
    for (int i = 0; i < pixels.values().capacity(); i++) {
      pixels.values().put(i, i % 7 / 7f);
    }
    try (LoadedTower tower = LoadedTower.load(bundle, bundle.tower(Tower.IMAGE), "cpu")) {
      return tower.vectors(Map.of(Input.PIXELS, pixels), 1, Optional.empty())[0];
    }
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> bring("x"))
        .isInstanceOf(LakehouseException.class)
        .message()
        .contains(parts);
  }

  private ModelBundle bring(String name) {
    return BundleImport.run(
        ImportRequest.of(export.toString()).named(name), ModelsRoot.at(models.toString()));
  }
}
