// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.ServerFileSystem;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.FileCheck;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.bundle.engine.LoadedTower;
import dev.lakehouse.core.bundle.imports.BundleImport;
import dev.lakehouse.core.bundle.imports.ExportDirs;
import dev.lakehouse.core.bundle.imports.ImportRequest;
import dev.lakehouse.core.bundle.imports.TinyOnnx;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.WarmEncoders;
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

  @ParameterizedTest
  @CsvSource({
    "minilm, 47e21a179b82d946625bd9a34a21e43b44529f48a792dce4bf04b38f917a9e6c",
    "shapes-clip, e6e8ae2c16f22b1d95161097d4312b6e2f5f971dd9eb706ad1b6ad12888f3a3d"
  })
  void digestsOfEmbeddedBundlesStay(String name, String digest) {
    assertThat(Bundles.resolve(name, models.toString()).digest()).isEqualTo(digest);
  }

  @Test
  void aVariantChangesNeitherTheDigestNorTheEncoderOfTheOthers() throws IOException {
    ModelBundle before = imported();
    EncoderSpec own = encoder(before, Precision.FP32);
    withVariant("0".repeat(64));
    ModelBundle with = Bundles.resolve("clip", models.toString());

    assertThat(with.digest()).isEqualTo(before.digest());
    assertThat(encoder(with, Precision.FP32)).isEqualTo(own);
    assertThat(with.tower(Tower.TEXT).graph().precisions())
        .containsExactly(Precision.FP32, Precision.FP16);
    EncoderSpec half = encoder(with, Precision.FP16);
    assertThat(half.encoder()).isNotEqualTo(own.encoder());
    assertThat(EncoderSpecs.all(with, own.models(), Tower.TEXT, own.limits()))
        .containsExactly(own, half);

    edit("0".repeat(64), "1".repeat(64));
    assertThat(encoder(Bundles.resolve("clip", models.toString()), Precision.FP16).encoder())
        .isNotEqualTo(half.encoder());
  }

  @Test
  void filesOfVariantsAreVerifiedToo() throws IOException {
    imported();
    withVariant("0".repeat(64));

    assertThat(Bundles.verify(Bundles.resolve("clip", models.toString())))
        .filteredOn(check -> !check.intact())
        .singleElement()
        .satisfies(check -> assertThat(check.file()).isEqualTo("text_fp16.onnx"));
  }

  @Test
  void aNetworkThatWasExchangedIsNotTakenForAnEncoders() throws IOException {
    imported();
    withVariant("0".repeat(64));
    EncoderSpec half = encoder(Bundles.resolve("clip", models.toString()), Precision.FP16);
    edit("0".repeat(64), "1".repeat(64));

    assertThatThrownBy(() -> WarmEncoders.lease(half, "cpu"))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTEGRITY))
        .hasMessageContaining("The fp16 network of the text tower of clip")
        .hasMessageContaining(half.encoder());
  }

  @Test
  void aPrecisionThatABundleLacksIsNamedWithThoseItHas() throws IOException {
    ModelBundle bundle = imported();

    assertThatThrownBy(() -> encoder(bundle, Precision.BF16))
        .hasMessageContaining(
            "The text tower of bundle clip has no bf16 network (found [fp32]). Import one");
  }

  private static EncoderSpec encoder(ModelBundle bundle, Precision precision) {
    return EncoderSpecs.of(
        bundle,
        ModelsRoot.at(bundle.place().replaceFirst("/clip$", "")),
        Tower.TEXT,
        precision,
        Limits.from(Settings.defaults()));
  }

  /** Declares a network of the text tower that need not be there. */
  private void withVariant(String sha256) throws IOException {
    Path yaml = models.resolve("clip/model.yaml");
    String text = Files.readString(yaml);
    int end = text.lastIndexOf("normalisation: l2\n") + "normalisation: l2\n".length();
    Files.writeString(
        yaml,
        text.substring(0, end)
            + """
                  variants:
                  - precision: fp16
                    file: text_fp16.onnx
                    sha256: "%s"
            """
                .formatted(sha256)
            + text.substring(end));
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
        "family: clip        | family: text            | expected the towers [text], found [image, text]",
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
        .hasMessageContaining("there are minilm, shapes-clip")
        .hasMessageContaining("lakehouse model import");
  }

  @Test
  void aSlipOfTheFingersIsMetWithTheNameThatWasMeant() {
    assertThatThrownBy(() -> Bundles.resolve("minlm", models.toString()))
        .hasMessageContaining("No model bundle 'minlm' (did you mean minilm?)");
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
