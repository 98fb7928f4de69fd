// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.ServerFileSystem;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.bundle.imports.TinyOnnx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSpeechModel {
  @TempDir Path folder;

  private Optional<SpeechModel> find(String named) {
    return SpeechModel.from(
        Settings.defaults().orElse(Map.of(Setting.SPEECH_BUNDLE.key(), named), "test"),
        ModelsRoot.at(folder.resolve("models").toString()));
  }

  private SpeechModel model(Path network) {
    return find(network.toString()).orElseThrow();
  }

  private Path write(String name, TinyOnnx network) {
    Path file = folder.resolve(name);
    network.write(file);
    return file;
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
      String named, ErrorCode code) {
    return assertThatThrownBy(() -> find(named))
        .isInstanceOfSatisfying(LakehouseException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(Setting.SPEECH_BUNDLE.key());
  }

  @Test
  void withoutTheSettingThereIsNone() {
    assertThat(SpeechModel.from(Settings.defaults(), ModelsRoot.at("nowhere"))).isEmpty();
    assertThat(find("none")).isEmpty();
  }

  @Test
  void itIsNamedByItsBytesWhereverTheyAre() throws IOException {
    Path file = TinyDetector.write(folder.resolve("a b/hear#1.onnx"), 1);
    TinyDetector.write(folder.resolve("models/hears/network.onnx"), 1);
    TinyDetector.write(folder.resolve("models/hears.onnx"), 1);
    String sha256 = Digests.sha256(Files.readAllBytes(file));

    assertThat(model(file).sha256()).isEqualTo(sha256);
    assertThat(model(file.getParent()).sha256()).as("a folder with one").isEqualTo(sha256);
    assertThat(find(file.toUri().toString()).orElseThrow().sha256()).isEqualTo(sha256);
    assertThat(find("hears").orElseThrow().sha256()).as("below the models").isEqualTo(sha256);
    assertThat(find("hears.onnx").orElseThrow().sha256()).isEqualTo(sha256);
    assertThat(model(TinyDetector.write(folder.resolve("other.onnx"), 2)).sha256())
        .isNotEqualTo(sha256);
  }

  @Test
  void itIsFetchedFromStorage() throws IOException {
    Path file = TinyDetector.write(folder.resolve("a b/hear.onnx"), 0.6);
    TinyDetector.write(folder.resolve("hear.onnx"), 0.6);
    ModelsRoot models =
        new ModelsRoot("server://" + folder.toUri().getRawPath(), ServerFileSystem.CONF);

    for (String named :
        List.of(
            "server://" + file.toUri().getRawPath(),
            "server://" + file.getParent().toUri().getRawPath(),
            "hear.onnx")) {
      SpeechModel model =
          SpeechModel.from(
                  Settings.defaults().orElse(Map.of(Setting.SPEECH_BUNDLE.key(), named), "test"),
                  models)
              .orElseThrow();

      assertThat(model.sha256()).as(named).isEqualTo(Digests.sha256(Files.readAllBytes(file)));
      try (Lease<SpeechDetector> lease = SpeechDetector.lease(model)) {
        assertThat(lease.value()).isNotNull();
      }
    }
  }

  @Test
  void aTaskCarriesIt() throws Exception {
    SpeechModel model = model(TinyDetector.write(folder.resolve("a.onnx"), 1));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(model);
    }

    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(model);
    }
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    TinyDetector.write(folder.resolve("two/a.onnx"), 1);
    TinyDetector.write(folder.resolve("two/b.onnx"), 2);

    assertRefused(folder + "/gone.onnx", ErrorCode.MODEL_UNAVAILABLE)
        .hasMessageContaining("looked for " + folder + "/gone.onnx");
    assertRefused("gone", ErrorCode.MODEL_UNAVAILABLE).hasMessageContaining("models/gone");
    assertRefused(folder + "/empty", ErrorCode.MODEL_INVALID).hasMessageContaining("found none");
    assertRefused(folder + "/two", ErrorCode.MODEL_INVALID)
        .hasMessageContaining("found a.onnx, b.onnx");
    assertRefused("./a.onnx", ErrorCode.CONFIG_INVALID).hasMessageContaining("an absolute path");
    assertRefused("here/a.onnx", ErrorCode.CONFIG_INVALID);
    assertRefused(" ", ErrorCode.CONFIG_INVALID);
  }

  @Test
  void anotherSignatureIsRefusedByWhatItHas() throws IOException {
    TinyOnnx former =
        new TinyOnnx()
            .fixed("input", 1, 0, 0)
            .fixed("sr", 7)
            .fixed("h", 1, 2, 0, 64)
            .fixed("c", 1, 2, 0, 64)
            .output("output", 2)
            .output("hn", 3)
            .output("cn", 3);
    TinyOnnx wide =
        TinyDetector.heard(
            new TinyOnnx()
                .fixed("input", 1, 1, 512)
                .fixed("state", 1, 2, 1, 128)
                .fixed("sr", 7)
                .output("output", 2)
                .output("stateN", 3),
            1,
            "output",
            "stateN");
    TinyOnnx unnamed =
        TinyDetector.heard(
            TinyDetector.inputs(new TinyOnnx()).output("p", 2).output("s", 3), 1, "p", "s");
    Path text = Files.writeString(folder.resolve("text.onnx"), "no network at all");

    assertRefused(write("former.onnx", former).toString(), ErrorCode.MODEL_INVALID)
        .hasMessageContaining(folder + "/former.onnx")
        .hasMessageContaining("expected inputs input float32 [1, 576]; state float32 [2, 1, 128]")
        .hasMessageContaining("h float32 [2, any, 64]")
        .hasMessageContaining("outputs output, hn, cn");
    assertRefused(write("wide.onnx", wide).toString(), ErrorCode.MODEL_INVALID)
        .hasMessageContaining("input float32 [1, 512]");
    assertRefused(write("unnamed.onnx", unnamed).toString(), ErrorCode.MODEL_INVALID)
        .hasMessageContaining("outputs p, s");
    assertRefused(text.toString(), ErrorCode.MODEL_INVALID)
        .hasMessageContaining("the speech detector " + text + ": expected an ONNX file");
    assertRefused(
            write("apart.onnx", TinyDetector.network(1).external("x", 1, 1, "x.bin")).toString(),
            ErrorCode.MODEL_INVALID)
        .hasMessageContaining("weights in [x.bin]");
  }

  @Test
  void outputsThatAreNotWhatTheirNamesSayAreRefusedBeforeTheFirstSound() {
    TinyOnnx swapped =
        TinyDetector.heard(
            TinyDetector.inputs(new TinyOnnx())
                .output("output", 3, Precision.FP32)
                .output("stateN", 2),
            1,
            "stateN",
            "output");
    SpeechModel model = model(write("swapped.onnx", swapped));

    assertThatThrownBy(() -> SpeechDetector.lease(model))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_INVALID))
        .hasMessageContaining("swapped.onnx")
        .hasMessageContaining("stateN of float32 [1, 1], expected float32 [2, 1, 128]");
  }

  @Test
  void anotherFileUnderItsNameIsNotTaken() {
    Path file = TinyDetector.write(folder.resolve("a.onnx"), 0.5);
    SpeechModel model = model(file);
    TinyDetector.write(file, 0.25);

    assertThatThrownBy(() -> SpeechDetector.lease(model))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTEGRITY))
        .hasMessageContaining(model.sha256());
    assertThatThrownBy(() -> SpeechDetector.lease(SpeechModel.elsewhere(model.sha256())))
        .isInstanceOf(LakehouseException.class);
  }

  @Test
  void theRealOneIsTaken() {
    Path silero = SharedData.require("models/silero-vad/silero_vad_v5.onnx");

    assertThat(model(silero).sha256()).startsWith("2623a295");
    try (Lease<SpeechDetector> lease = SpeechDetector.lease(model(silero))) {
      assertThat(lease.value().stream().probability(new float[SpeechStream.WINDOW]))
          .isBetween(0f, 0.1f);
    }
  }
}
