// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Pooling;
import dev.lakehouse.core.bundle.description.Tower;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairs of towers: read where they meet, and each item the same alone and in a batch. */
class TestPairs {
  @TempDir Path export;
  @TempDir Path models;

  @BeforeEach
  void files() throws IOException {
    ExportDirs.tokenizer(export);
    Files.writeString(export.resolve("preprocessor_config.json"), ExportDirs.CLIP_PREPROCESSOR);
    Files.writeString(export.resolve("tokenizer_config.json"), "{\"model_max_length\": 10}");
  }

  @Test
  void siglipIsReadAtItsPoolersAndPaddedToItsLength() throws IOException {
    config("siglip");
    pictures("pooler_output");
    texts(new TinyOnnx(), "pooler_output");

    ModelBundle bundle = bring();

    Tower text = bundle.tower(Tower.TEXT);
    assertThat(text.graph().output()).isEqualTo("pooler_output");
    assertThat(text.graph().pooling()).isEqualTo(Pooling.NONE);
    assertThat(text.requireTokenizer().padTo()).isEqualTo(10);
    assertThat(bundle.tower(Tower.IMAGE).graph().output()).isEqualTo("pooler_output");
  }

  @Test
  void siglipWithAMaskIsRefused() throws IOException {
    config("siglip2");
    pictures("pooler_output");
    texts(new TinyOnnx().tokens("attention_mask"), "pooler_output");

    assertRefused("has an attention_mask", "model_type siglip2", "reads its padding");
  }

  @Test
  void poolersOfOtherModelsAreNoCommonSpace() throws IOException {
    config("clip");
    pictures("pooler_output");
    padded("pooler_output");

    assertRefused("pooler_output", "not one space", "model_type siglip");
  }

  @Test
  void aPoolerBesideAProjectionIsNoCommonSpace() throws IOException {
    config("siglip");
    pictures("image_embeds");
    texts(new TinyOnnx(), "pooler_output");

    assertRefused("image_embeds", "pooler_output", "not one space");
  }

  @Test
  void theMeanOfWordsBesideAProjectionIsNoCommonSpace() {
    pictures("image_embeds");
    new TinyOnnx()
        .tokens("input_ids")
        .table("words", 88, 3, TestSentenceExports.table(88 * 3))
        .look("words", "input_ids", "last_hidden_state")
        .output("last_hidden_state", 3)
        .write(export.resolve("text_model.onnx"));

    assertRefused("last_hidden_state", "not one space");
  }

  @Test
  void captionsThatReadPaddingWithoutAMaskAreAllOfOneLength() {
    pictures("image_embeds");
    padded("text_embeds");

    Imported imported =
        BundleImport.prove(
            ImportRequest.of(export.toString()).named("pair"),
            ModelsRoot.at(models.toString()),
            staged -> List.of());

    assertThat(imported.bundle().tower(Tower.TEXT).requireTokenizer().padTo()).isEqualTo(10);
    assertThat(imported.notes()).anyMatch(note -> note.contains("padded to 10 tokens"));
  }

  @Test
  void captionsThatDoNotReadPaddingStayAsLongAsTheyAre() throws IOException {
    pictures("image_embeds");
    float[] quiet = TestSentenceExports.table(88 * 3);
    Arrays.fill(quiet, 0, 3, 0);
    new TinyOnnx()
        .tokens("input_ids")
        .table("words", 88, 3, quiet)
        .look("words", "input_ids", "each")
        .sum("each", "text_embeds")
        .output("text_embeds", 2)
        .write(export.resolve("text_model.onnx"));

    assertThat(bring().tower(Tower.TEXT).requireTokenizer().padTo()).isZero();
  }

  @Test
  void sentencesThatReadPaddingWithoutAMaskAreRefused() {
    new TinyOnnx()
        .tokens("input_ids")
        .table("words", 88, 3, TestSentenceExports.table(88 * 3))
        .look("words", "input_ids", "each")
        .sum("each", "sentence_embedding")
        .output("sentence_embedding", 2)
        .write(export.resolve("model.onnx"));

    assertRefused("another vector alone than in a batch", "no attention_mask", "Fixed");
  }

  @Test
  void theLengthInTheTokenizerIsWhatTheyArePaddedTo() throws IOException {
    pictures("image_embeds");
    padded("text_embeds");
    Path tokenizer = export.resolve("tokenizer.json");
    Files.writeString(
        tokenizer,
        Files.readString(tokenizer)
            .replaceFirst("\"strategy\":\\s*\"BatchLongest\"", "\"strategy\": {\"Fixed\": 10}"));

    assertThat(bring().tower(Tower.TEXT).requireTokenizer().padTo()).isEqualTo(10);
  }

  @Test
  void aMaskThatIsNotHeededIsRefused() {
    pictures("image_embeds");
    texts(new TinyOnnx().tokens("attention_mask"), "text_embeds");

    assertRefused("another vector alone than in a batch", "in spite of its attention_mask");
  }

  @Test
  void picturesThatInfluenceEachOtherAreRefused() {
    new TinyOnnx()
        .pixels()
        .average("pixel_values", "a")
        .flat("a", "b")
        .mixed("b", "image_embeds")
        .output("image_embeds", 2)
        .write(export.resolve("vision_model.onnx"));
    padded("text_embeds");

    assertRefused("vision_model.onnx", "another vector alone", "influence each other");
  }

  private void config(String type) throws IOException {
    Files.writeString(
        export.resolve("config.json"),
        "{\"model_type\": \"%s\", \"text_config\": {}}".formatted(type));
  }

  private void pictures(String output) {
    new TinyOnnx()
        .pixels()
        .average("pixel_values", "a")
        .flat("a", output)
        .output(output, 2)
        .write(export.resolve("vision_model.onnx"));
  }

  private void padded(String output) {
    texts(new TinyOnnx(), output);
  }

  /** The sum of all words, padding among them. */
  private void texts(TinyOnnx network, String output) {
    network
        .tokens("input_ids")
        .table("words", 88, 3, TestSentenceExports.table(88 * 3))
        .look("words", "input_ids", "last_hidden_state")
        .sum("last_hidden_state", output)
        .output("last_hidden_state", 3)
        .output(output, 2)
        .write(export.resolve("text_model.onnx"));
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(this::bring)
        .isInstanceOf(LakehouseException.class)
        .message()
        .contains(parts);
  }

  private ModelBundle bring() {
    return BundleImport.run(
        ImportRequest.of(export.toString()).named("pair"), ModelsRoot.at(models.toString()));
  }
}
