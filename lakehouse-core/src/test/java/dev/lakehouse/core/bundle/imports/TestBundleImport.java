// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.ServerFileSystem;
import dev.lakehouse.core.bundle.description.FileCheck;
import dev.lakehouse.core.bundle.description.Graph;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.PinnedFile;
import dev.lakehouse.core.bundle.description.Pooling;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.bundle.engine.LoadedTower;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestBundleImport {
  @TempDir Path export;
  @TempDir Path models;

  @ParameterizedTest
  @CsvSource({
    "image.onnx, text.onnx",
    "vision_model.onnx, text_model.onnx",
    "onnx/vision_model.onnx, onnx/text_model.onnx"
  })
  void aPairOfTowersBecomesABundle(String image, String text) throws IOException {
    ModelBundle imported = bring(ExportDirs.clip(export, image, text), "clip-b32");

    assertThat(imported.family()).isEqualTo("clip");
    assertThat(imported.dimension()).isEqualTo(512);
    assertThat(Bundles.verify(imported)).hasSize(3).allMatch(FileCheck::intact);
    assertThat(Bundles.names(root())).containsExactly("clip-b32", "minilm", "shapes-clip");
  }

  @Test
  void theSampleModelImportedIsTheSampleModelEmbedded() throws IOException {
    ModelBundle imported = bring(ExportDirs.clip(export, "image.onnx", "text.onnx"), "again");

    assertThat(imported.digest()).isEqualTo(Bundles.resolve("shapes-clip", root()).digest());
  }

  @Test
  void importingAgainChangesNothing() throws IOException {
    ModelBundle first = bring(ExportDirs.clip(export, "image.onnx", "text.onnx"), "clip");

    assertThat(bring(export, "clip").digest()).isEqualTo(first.digest());
  }

  @Test
  void anotherModelNeverTakesAName() throws IOException {
    ExportDirs.clip(export, "image.onnx", "text.onnx");
    bring(export, "clip");
    Files.writeString(
        export.resolve("preprocessor_config.json"),
        ExportDirs.CLIP_PREPROCESSOR.replace("\"resample\": 3", "\"resample\": 2"));

    assertRefused(
        "clip", ErrorCode.CONFIG_INVALID, "A bundle named clip is already in", "with --name");
  }

  @Test
  void tokenVectorsArePooledByTheirMean() throws IOException {
    ExportDirs.tokenizer(export);
    new TinyOnnx()
        .tokens("input_ids")
        .tokens("attention_mask")
        .floats("input_ids", "a")
        .floats("attention_mask", "b")
        .widen("a", "c")
        .widen("b", "d")
        .concat(List.of("c", "d"), 2, "last_hidden_state")
        .output("last_hidden_state", 3)
        .write(export.resolve("model.onnx"));

    Tower tower = bring(export, "sentences").tower(Tower.TEXT);

    assertThat(tower.graph().output()).isEqualTo("last_hidden_state");
    assertThat(tower.graph().pooling()).isEqualTo(Pooling.MEAN);
    assertThat(tower.graph().dimension()).isEqualTo(2);
  }

  @Test
  void oneNetworkMayHoldBothTowers() throws IOException {
    both().write(export.resolve("onnx/model.onnx"));

    ModelBundle bundle = bring(export, "both");

    assertThat(bundle.family()).isEqualTo("clip");
    assertThat(bundle.tower(Tower.IMAGE).graph().idle()).containsKeys("input_ids");
    assertThat(bundle.tower(Tower.TEXT).graph().idle())
        .containsEntry("pixel_values", List.of(1L, 3L, 224L, 224L));
  }

  private TinyOnnx both() throws IOException {
    ExportDirs.tokenizer(export);
    Files.writeString(export.resolve("preprocessor_config.json"), ExportDirs.CLIP_PREPROCESSOR);
    return new TinyOnnx()
        .pixels()
        .tokens("input_ids")
        .average("pixel_values", "a")
        .flat("a", "image_embeds")
        .floats("input_ids", "b")
        .mean("b", "c")
        .concat(List.of("c", "c", "c"), 1, "text_embeds")
        .output("image_embeds", 2)
        .output("text_embeds", 2);
  }

  @Test
  void widthsBeforeAProjectionAreNotOneSpace() throws IOException {
    both().write(export.resolve("model.onnx"));
    Files.writeString(export.resolve("config.json"), "{\"projection_dim\": 512}");

    assertRefused(
        "x",
        ErrorCode.MODEL_INVALID,
        "image_embeds of model.onnx has width 3",
        "config.json says projection_dim 512",
        "CLIPVisionModelWithProjection");
  }

  @Test
  void outputsThatNobodyKnowsAreNamedWithTheirShapes() throws IOException {
    ExportDirs.tokenizer(export);
    new TinyOnnx()
        .tokens("input_ids")
        .floats("input_ids", "logits")
        .mean("logits", "scores")
        .output("logits", 2)
        .output("scores", 2)
        .write(export.resolve("model.onnx"));

    assertRefused(
        "x", ErrorCode.MODEL_INVALID, "none of the outputs", "logits [2, 77]", "scores [2, 1]");
  }

  @Test
  void aShapeThatIsNoVectorIsRefused() throws IOException {
    ExportDirs.tokenizer(export);
    Files.writeString(export.resolve("preprocessor_config.json"), ExportDirs.CLIP_PREPROCESSOR);
    new TinyOnnx()
        .pixels()
        .concat(List.of("pixel_values", "pixel_values"), 1, "image_embeds")
        .output("image_embeds", 4)
        .write(export.resolve("vision_model.onnx"));
    new TinyOnnx()
        .tokens("input_ids")
        .floats("input_ids", "text_embeds")
        .output("text_embeds", 2)
        .write(export.resolve("text_model.onnx"));

    assertRefused(
        "x",
        ErrorCode.MODEL_INVALID,
        "image_embeds [2, 6, 224, 224]",
        "expected [items, width] or [items, tokens, width]");
  }

  @Test
  void weightsBesideTheNetworkComeAlong() throws IOException {
    ExportDirs.tokenizer(export);
    new TinyOnnx()
        .tokens("input_ids")
        .external("words", 88, 2, "model.onnx_data")
        .look("words", "input_ids", "last_hidden_state")
        .output("last_hidden_state", 3)
        .write(export.resolve("onnx/model.onnx"));
    Files.write(export.resolve("onnx/model.onnx_data"), new byte[88 * 2 * 4]);

    ModelBundle bundle = bring(export, "large");

    assertThat(bundle.contents())
        .extracting(PinnedFile::file)
        .containsExactly("model.onnx", "model.onnx_data", "tokenizer.json");
    try (LoadedTower tower = LoadedTower.load(bundle, bundle.tower(Tower.TEXT), "cpu")) {
      assertThat(tower.bytes()).isGreaterThan(88 * 2 * 4);
    }
  }

  @ParameterizedTest
  @CsvSource({"../secret.bin", "/etc/passwd", "a/../../b", "C:\\weights"})
  void weightsOutsideTheExportAreRefused(String location) throws IOException {
    ExportDirs.tokenizer(export);
    new TinyOnnx()
        .tokens("input_ids")
        .external("weights", 2, 2, location)
        .floats("input_ids", "text_embeds")
        .output("text_embeds", 2)
        .write(export.resolve("model.onnx"));

    assertRefused("x", ErrorCode.INTEGRITY, "keeps weights in '" + location + "'", "outside");
  }

  @Test
  void weightsThatAreALinkOutOfTheExportAreRefused() throws IOException {
    ExportDirs.tokenizer(export);
    new TinyOnnx()
        .tokens("input_ids")
        .external("weights", 2, 2, "model.onnx_data")
        .floats("input_ids", "text_embeds")
        .output("text_embeds", 2)
        .write(export.resolve("model.onnx"));
    Files.createSymbolicLink(export.resolve("model.onnx_data"), Path.of("/etc/passwd"));

    assertRefused("x", ErrorCode.INTEGRITY, "it is a link to /etc/passwd");
  }

  @Test
  void picklesAreRefused() throws IOException {
    Files.write(export.resolve("pytorch_model.bin"), new byte[10]);

    assertRefused(
        "x",
        ErrorCode.MODEL_INVALID,
        "found [pytorch_model.bin]",
        "Pickles can run code and are refused");
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    ExportDirs.clip(export, "image.onnx", "text.onnx");
    Files.delete(export.resolve("preprocessor_config.json"));

    assertRefused("x", ErrorCode.MODEL_INVALID, "it has no preprocessor_config.json");
  }

  @Test
  void aFileThatIsNoNetworkIsNamed() throws IOException {
    ExportDirs.tokenizer(export);
    Files.writeString(export.resolve("model.onnx"), "<html>404 not found</html>");

    assertRefused("x", ErrorCode.MODEL_INVALID, "model.onnx: expected an ONNX file");
  }

  @Test
  void networksInOtherFormatsBecomeVariants() throws IOException {
    TinyTexts model = new TinyTexts(1).export(export);
    String digest = bring(export, "plain").digest();
    model
        .beside(export, "model_fp16.onnx", Precision.FP16)
        .beside(export, "model_quantized.onnx", Precision.INT8);

    ModelBundle bundle = bring(export, "tiny");

    Graph graph = bundle.tower(Tower.TEXT).graph();
    assertThat(bundle.digest()).isEqualTo(digest);
    assertThat(graph.precisions()).containsExactly(Precision.FP32, Precision.FP16, Precision.INT8);
    assertThat(graph.variants())
        .extracting(variant -> variant.cosine().orElseThrow())
        .allSatisfy(cosine -> assertThat(cosine).isBetween(0.999, 1.0));
    assertThat(Bundles.verify(bundle)).hasSize(4).allMatch(FileCheck::intact);
    assertThat(Bundles.resolve("tiny", root()).describe()).contains("cosine: 0.999");
  }

  @Test
  void towersOfAPairHaveVariantsEach() throws IOException {
    new TinyTexts(2).exportPair(export);

    ModelBundle bundle = bring(export, "pair");

    assertThat(bundle.towers())
        .allSatisfy(
            tower ->
                assertThat(tower.graph().precisions())
                    .containsExactly(Precision.FP32, Precision.FP16));
  }

  @Test
  void aVariantIsAddedByImportingAgain() throws IOException {
    TinyTexts model = new TinyTexts(3).export(export);
    ModelBundle before = bring(export, "tiny");
    model.beside(export, "model_fp16.onnx", Precision.FP16);
    ModelBundle half = bring(export, "tiny");
    Files.delete(export.resolve("model_fp16.onnx"));
    model.beside(export, "model_int8.onnx", Precision.INT8);
    ModelBundle both = bring(export, "tiny");

    assertThat(List.of(half.digest(), both.digest())).containsOnly(before.digest());
    assertThat(both.tower(Tower.TEXT).graph().precisions())
        .containsExactly(Precision.FP32, Precision.FP16, Precision.INT8);
    assertThat(Bundles.verify(both)).hasSize(4).allMatch(FileCheck::intact);
    assertThat(bring(export, "tiny").describe()).isEqualTo(both.describe());
  }

  @Test
  void aVariantIsAddedInAnyFileSystem() throws IOException {
    ModelsRoot server = new ModelsRoot("server://" + models + "/m", ServerFileSystem.CONF);
    ImportRequest request = ImportRequest.of(export.toString()).named("tiny");
    TinyTexts model = new TinyTexts(3).export(export);
    BundleImport.run(request, server);
    model.beside(export, "model_fp16.onnx", Precision.FP16);

    ModelBundle extended = BundleImport.run(request, server);

    assertThat(Bundles.verify(extended)).hasSize(3).allMatch(FileCheck::intact);
    try (LoadedTower half =
        LoadedTower.load(extended, extended.tower(Tower.TEXT, Precision.FP16), "cpu")) {
      assertThat(half.tower().graph().file()).isEqualTo("model_fp16.onnx");
    }
  }

  @Test
  void anotherNetworkNeverTakesThePlaceOfAVariant() throws IOException {
    TinyTexts model = new TinyTexts(5).export(export);
    model.beside(export, "model_fp16.onnx", Precision.FP16);
    bring(export, "tiny");
    new TinyTexts(5).slowedBy(1).beside(export, "model_fp16.onnx", Precision.FP16);

    assertRefused("tiny", ErrorCode.MODEL_INVALID, "has a network in fp16 already", "with --name");
  }

  @Test
  void aVariantWithAnotherOutputIsRefused() throws IOException {
    new TinyTexts(6).export(export);
    new TinyOnnx()
        .tokens("input_ids")
        .table("words", 88, 2, Precision.FP16, new float[88 * 2])
        .look("words", "input_ids", "found")
        .floats("found", "last_hidden_state")
        .output("last_hidden_state", 3)
        .write(export.resolve("model_fp16.onnx"));

    assertRefused(
        "x",
        ErrorCode.MODEL_INVALID,
        "model_fp16.onnx does not give what model.onnx gives",
        "expected [1, tokens, 32]");
  }

  @Test
  void aVariantThatIsAnotherModelIsRefused() throws IOException {
    new TinyTexts(7).export(export);
    new TinyTexts(8).beside(export, "model_fp16.onnx", Precision.FP16);

    assertRefused(
        "x", ErrorCode.MODEL_INVALID, "model_fp16.onnx is not the same model as model.onnx");
  }

  @Test
  void aVariantWithOtherInputsIsRefused() throws IOException {
    new TinyTexts(9).export(export);
    new TinyTexts(9)
        .network(Precision.FP16)
        .tokens("attention_mask")
        .write(export.resolve("model_fp16.onnx"));

    assertRefused("x", ErrorCode.MODEL_INVALID, "model_fp16.onnx takes the inputs", "the same");
  }

  @Test
  void aVariantInAnotherFormatThanItsNameIsRefused() throws IOException {
    new TinyTexts(10).export(export).beside(export, "model_fp16.onnx", Precision.FP32);

    assertRefused("x", ErrorCode.MODEL_INVALID, "model_fp16.onnx has no weights in fp16");
  }

  @Test
  void aVariantForOtherDevicesIsTakenUntried() throws IOException {
    new TinyTexts(11).export(export).beside(export, "model_bf16.onnx", Precision.BF16);

    ModelBundle bundle = bring(export, "tiny");

    assertThat(bundle.tower(Tower.TEXT).graph().variants())
        .singleElement()
        .satisfies(variant -> assertThat(variant.cosine()).isEmpty());
    assertThatThrownBy(
            () -> LoadedTower.load(bundle, bundle.tower(Tower.TEXT, Precision.BF16), "cpu"))
        .isInstanceOfSatisfying(
            LakehouseException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.DEVICE_UNAVAILABLE))
        .hasMessageContaining("Cannot run model_bf16.onnx on cpu");
  }

  @Test
  void anOutputInHalfPrecisionIsWidened() throws IOException {
    ExportDirs.tokenizer(export);
    new TinyOnnx()
        .tokens("input_ids")
        .table("words", 88, 2, Precision.FP16, new float[88 * 2])
        .look("words", "input_ids", "last_hidden_state")
        .output("last_hidden_state", 3, Precision.FP16)
        .write(export.resolve("model.onnx"));

    ModelBundle bundle = bring(export, "half");

    assertThat(bundle.tower(Tower.TEXT).graph().precision()).isEqualTo(Precision.FP16);
    assertThat(bundle.dimension()).isEqualTo(2);
  }

  private void assertRefused(String name, ErrorCode code, String... parts) {
    assertThatThrownBy(() -> bring(export, name))
        .isInstanceOfSatisfying(
            LakehouseException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e).message().contains(parts);
            });
    assertThat(models.resolve("x")).doesNotExist();
  }

  private ModelBundle bring(Path from, String name) {
    return BundleImport.run(ImportRequest.of(from.toString()).named(name), root());
  }

  private ModelsRoot root() {
    return ModelsRoot.at(models.toString());
  }
}
