// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.content.ServerFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestBundles {
  @TempDir Path models;
  @TempDir Path export;

  @ParameterizedTest
  @CsvSource({"minilm, text, 384, 1", "shapes-clip, clip, 512, 2"})
  void embeddedBundlesAreIntact(String name, String family, int dimension, int towers) {
    ModelBundle bundle = Bundles.resolve(name, models.toString());

    assertThat(bundle.family()).isEqualTo(family);
    assertThat(bundle.dimension()).isEqualTo(dimension);
    assertThat(bundle.towers()).hasSize(towers);
    assertThat(bundle.licence()).isEqualTo("Apache-2.0");
    assertThat(Bundles.verify(bundle)).isNotEmpty().allMatch(FileCheck::intact);
  }

  @Test
  void digestsComeFromWhatDecidesAVectorAndNotFromWords() throws IOException {
    ModelBundle bundle = imported();
    String before = bundle.digest();

    edit("name: clip", "name: clip\n# a comment");
    edit("licence: unstated", "licence: MIT");
    assertThat(Bundles.resolve("clip", models.toString()).digest()).isEqualTo(before);

    edit("filter: bicubic", "filter: bilinear");
    assertThat(Bundles.resolve("clip", models.toString()).digest()).isNotEqualTo(before);
  }

  @Test
  void bundlesAreReadThroughAnyFileSystem() throws IOException {
    ModelsRoot server = new ModelsRoot("server://" + models + "/m", ServerFileSystem.CONF);
    ExportDirs.clip(export, "image.onnx", "text.onnx");

    ModelBundle bundle =
        BundleImport.run(ImportRequest.of(export.toString()).named("clip"), server);

    assertThat(Bundles.names(server)).containsExactly("clip", "minilm", "shapes-clip");
    assertThat(Bundles.verify(bundle)).allMatch(FileCheck::intact);
    try (LoadedTower tower =
        LoadedTower.load(Bundles.resolve("clip", server), bundle.tower(Tower.TEXT), "cpu")) {
      assertThat(tower.tokens("a red circle").length()).isEqualTo(5);
    }
  }

  @Test
  void aFlippedByteIsRefusedBeforeLoading() throws IOException {
    ModelBundle bundle = imported();
    Path network = models.resolve("clip/image.onnx");
    byte[] bytes = Files.readAllBytes(network);
    bytes[bytes.length / 2] ^= 1;
    Files.write(network, bytes);
    long before = LoadedTower.sessionsOpened();
    String expected = bundle.tower(Tower.IMAGE).graph().sha256();

    assertThat(Bundles.verify(bundle)).filteredOn(check -> !check.intact()).hasSize(1);
    assertThatThrownBy(() -> LoadedTower.load(bundle, bundle.tower(Tower.IMAGE), "cpu"))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTEGRITY))
        .hasMessageContaining("Refused model bundle clip: image.onnx")
        .hasMessageContaining("names " + expected);
    assertThat(LoadedTower.sessionsOpened()).isEqualTo(before);
  }

  @Test
  void undeclaredWeightsAreRefusedBeforeLoading() throws IOException {
    imported();
    Path network = models.resolve("clip/text.onnx");
    new TinyOnnx()
        .tokens("input_ids")
        .external("weights", 2, 2, "elsewhere")
        .floats("input_ids", "text_embeds")
        .output("text_embeds", 2)
        .write(network);
    edit(
        "c5d16137a5eb67217445ab322f1c0c205050de8d8a957c5e9317056419b729be",
        dev.lakehouse.core.Digests.sha256(Files.readAllBytes(network)));
    ModelBundle bundle = Bundles.resolve("clip", models.toString());

    assertThatThrownBy(() -> LoadedTower.load(bundle, bundle.tower(Tower.TEXT), "cpu"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining(
            "keeps weights in 'elsewhere', which its model.yaml does not declare");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dimension: 512      | dimension: 0            | dimension 0",
        "file: image.onnx    | file: ../image.onnx     | expected a path that never leaves",
        "file: image.onnx    | file: model.pt          | expected an .onnx file",
        "pooling: none       | pooling: max            | pooling",
        "runtime: onnx       | runtime: torch          | expected onnx",
        "family: clip        | family: text            | expected a text tower and no other",
        "edge: 224           | border: 224             | edge: Cannot map",
        "licence: unstated   | licenze: MIT            | licence is missing",
        "version: imported   |                         | version is missing"
      })
  void whatMakesNoSenseIsNamed(String from, String to, String message) throws IOException {
    imported();
    edit(from, to == null ? "" : to);

    assertThatThrownBy(() -> Bundles.resolve("clip", models.toString()))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_INVALID))
        .hasMessageContaining("Cannot read " + models.resolve("clip"))
        .hasMessageContaining(message);
  }

  @Test
  void anUnknownNameSaysWhichAreThere() {
    assertThatThrownBy(() -> Bundles.resolve("clip-b32", models.toString()))
        .isInstanceOfSatisfying(
            LakehouseException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_UNAVAILABLE))
        .hasMessageContaining("No model bundle 'clip-b32'")
        .hasMessageContaining("[minilm, shapes-clip]")
        .hasMessageContaining("lakehouse model import");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc", "a/b", "none", ""})
  void aNameIsNeverAPath(String name) {
    assertThatThrownBy(() -> Bundles.resolve(name, models.toString()))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("expected the plain name");
  }

  @Test
  void anExplicitGpuThatIsAbsentFails() {
    ModelBundle bundle = Bundles.resolve("shapes-clip", models.toString());

    assertThatThrownBy(() -> LoadedTower.load(bundle, bundle.tower(Tower.TEXT), "cuda:0"))
        .isInstanceOfSatisfying(
            LakehouseException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.DEVICE_UNAVAILABLE))
        .hasMessageContaining("spark.executor.resource.gpu.amount");
  }

  private ModelBundle imported() throws IOException {
    ExportDirs.clip(export, "image.onnx", "text.onnx");
    return BundleImport.run(
        ImportRequest.of(export.toString()).named("clip"), ModelsRoot.at(models.toString()));
  }

  private void edit(String from, String to) throws IOException {
    Path yaml = models.resolve("clip/model.yaml");
    String text = Files.readString(yaml);
    assertThat(text).contains(from.strip());
    Files.writeString(
        yaml, text.replaceFirst(java.util.regex.Pattern.quote(from.strip()), to.strip()));
  }
}
