// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.bundle.description.FileCheck;
import dev.lakehouse.core.bundle.description.Graph;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.bundle.engine.LoadedTower;
import dev.lakehouse.core.bundle.engine.TorchRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs in TorchScript; run in builds with {@code -Ptorch}, else taken untried. */
class TestTorchScript {
  @TempDir Path export;
  @TempDir Path models;

  @BeforeEach
  void export() throws IOException {
    TinyTexts.ofScript().export(export).scriptBeside(export);
  }

  private ModelBundle bring() {
    return BundleImport.run(
        ImportRequest.of(export.toString()).named("tiny"), ModelsRoot.at(models.toString()));
  }

  @Test
  void aScriptIsAVariantInAnotherRuntime() {
    ModelBundle bundle = bring();

    Graph own = bundle.tower(Tower.TEXT).graph();
    Graph script = bundle.tower(Tower.TEXT, Precision.BF16).graph();
    assertThat(bundle.describe()).contains("runtime: torchscript", "file: model_bf16.pt");
    assertThat(LoadedTower.runtime(own)).startsWith("onnxruntime ");
    assertThat(LoadedTower.runtime(script)).startsWith("pytorch ");
    assertThat(Bundles.verify(bundle)).hasSize(3).allMatch(FileCheck::intact);
  }

  @Test
  void itsVectorsAreCompared() {
    assumeTrue(TorchRuntime.isHere(), "a build with -Ptorch");

    assertThat(cosine(bring())).hasValueSatisfying(c -> assertThat(c).isBetween(0.9999, 1.0));
  }

  private static Optional<Double> cosine(ModelBundle bundle) {
    return bundle.tower(Tower.TEXT).graph().variants().get(0).cosine();
  }

  @Test
  void withoutPyTorchItIsTakenUntriedAndNotRun() {
    assumeFalse(TorchRuntime.isHere(), "a build without -Ptorch");
    ModelBundle bundle = bring();

    assertThat(cosine(bundle)).isEmpty();
    assertThatThrownBy(
            () -> LoadedTower.load(bundle, bundle.tower(Tower.TEXT, Precision.BF16), "cpu"))
        .isInstanceOfSatisfying(
            LakehouseException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.DEVICE_UNAVAILABLE))
        .hasMessageContaining("Cannot run model_bf16.pt: this build has no PyTorch")
        .hasMessageContaining("mvn -Ptorch package");
  }

  @Test
  void networksOfOnnxGoFirst() throws IOException {
    TinyTexts.ofScript().beside(export, "model_bf16.onnx", Precision.BF16);

    assertThat(bring().tower(Tower.TEXT, Precision.BF16).graph().file())
        .isEqualTo("model_bf16.onnx");
  }

  @Test
  void aPickleIsRefused() throws IOException {
    Path file = export.resolve("model_bf16.pt");
    try (ZipOutputStream pickle = new ZipOutputStream(Files.newOutputStream(file))) {
      pickle.putNextEntry(new ZipEntry("model/data.pkl"));
      pickle.write(1);
    }
    assertThatThrownBy(this::bring).hasMessageContaining("model_bf16.pt is no TorchScript");
    Files.write(file, new byte[] {(byte) 0x80, 2});
    assertThatThrownBy(this::bring)
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_INVALID))
        .hasMessageContaining("Pickles can run code and are refused");
  }
}
