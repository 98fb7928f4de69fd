// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.bundle.imports.BundleImport;
import dev.lakehouse.core.bundle.imports.ExportDirs;
import dev.lakehouse.core.bundle.imports.ImportRequest;
import dev.lakehouse.core.bundle.imports.TinyOnnx;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.kind.EncoderSpecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that do what real ones sometimes do, as real networks. */
class TestOddModels {
  private static final int KNOWN = 60; // of the 88 words of the tokenizer

  @TempDir Path export;
  @TempDir Path models;

  @Test
  void aBatchThatFailsIsHalvedDownToTheOneAtFault() throws IOException {
    EncoderSpec spec = words();

    List<EmbedOutcome> outcomes =
        encode(spec, List.of("a blue circle", "a small square", "a white square", "a blue circle"));

    assertThat(outcomes.get(0).vector()).isPresent();
    assertThat(outcomes.get(1).failure())
        .hasValueSatisfying(
            failed -> {
              assertThat(failed.code()).isEqualTo(ItemError.INTERNAL);
              assertThat(failed.message()).contains("Gather");
            });
    assertThat(outcomes.get(2).failure()).isPresent();
    assertThat(outcomes.get(3)).usingRecursiveComparison().isEqualTo(outcomes.get(0));
  }

  @Test
  void aVectorWithoutDirectionIsNoVector() throws IOException {
    assertThat(encode(words(), List.of("")).get(0).failure())
        .hasValueSatisfying(failed -> assertThat(failed.code()).isEqualTo(ItemError.BAD_VECTOR));
  }

  /** Looks words up in a table that lacks some of them and has nothing for special tokens. */
  private EncoderSpec words() throws IOException {
    return words(1);
  }

  /** The scale makes it another model, which no other test has warmed. */
  private EncoderSpec words(int scale) throws IOException {
    float[] table = new float[KNOWN * 2];
    for (int i = 8; i < table.length; i++) {
      table[i] = i * scale;
    }
    ExportDirs.tokenizer(export);
    new TinyOnnx()
        .tokens("input_ids")
        .table("words", KNOWN, 2, table)
        .look("words", "input_ids", "last_hidden_state")
        .output("last_hidden_state", 3)
        .write(export.resolve("model.onnx"));
    return imported(Tower.TEXT);
  }

  @Test
  void towersOfOneNetworkRunApart() throws IOException {
    ExportDirs.tokenizer(export);
    Files.writeString(export.resolve("preprocessor_config.json"), ExportDirs.CLIP_PREPROCESSOR);
    new TinyOnnx()
        .pixels()
        .tokens("input_ids")
        .average("pixel_values", "a")
        .flat("a", "image_embeds")
        .floats("input_ids", "b")
        .mean("b", "c")
        .concat(List.of("c", "c", "c"), 1, "text_embeds")
        .output("image_embeds", 2)
        .output("text_embeds", 2)
        .write(export.resolve("model.onnx"));

    assertThat(Vectors.encode(imported(Tower.IMAGE), ShapesClipGolden.images())).hasSize(20);
    assertThat(Vectors.encode(imported(Tower.TEXT), ShapesClipGolden.texts())).hasSize(20);
  }

  @Test
  void anotherModelUnderTheSameNameIsRefused() throws IOException {
    EncoderSpec spec = words(2);
    Path yaml = models.resolve("odd/model.yaml");
    Files.writeString(yaml, Files.readString(yaml).replace("max-tokens: 77", "max-tokens: 76"));

    assertThatThrownBy(() -> WarmEncoders.lease(spec, "cpu"))
        .isInstanceOfSatisfying(
            LakehouseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTEGRITY))
        .hasMessageContaining("Model bundle odd")
        .hasMessageContaining(spec.bundleDigest());
  }

  @Test
  void aModelThatComesBackIsLoadedByTheNextAttempt() throws IOException {
    EncoderSpec spec = words(3);
    Path network = models.resolve("odd/model.onnx");
    Path away = models.resolve("away");
    Files.move(network, away);
    assertThatThrownBy(() -> WarmEncoders.lease(spec, "cpu"))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("lacks a file");
    Files.move(away, network);

    assertThat(encode(spec, List.of("a blue circle")).get(0).vector()).isPresent();
    assertThat(WarmEncoders.leases()).isZero();
  }

  @Test
  void aPromptStandsInFrontOfQueriesAlone() throws IOException {
    Files.writeString(
        export.resolve("config_sentence_transformers.json"),
        "{\"prompts\": {\"query\": \"a blue \"}}");
    EncoderSpec spec = words(4);

    try (Lease<Encoder> encoder = WarmEncoders.lease(spec, "cpu")) {
      List<EmbedOutcome> outcomes =
          encoder
              .value()
              .encode(
                  List.of(
                      EmbedInput.query("circle"),
                      EmbedInput.text("a blue circle"),
                      EmbedInput.text("circle")));

      assertThat(outcomes.get(0)).usingRecursiveComparison().isEqualTo(outcomes.get(1));
      assertThat(outcomes.get(0)).usingRecursiveComparison().isNotEqualTo(outcomes.get(2));
    }
  }

  private EncoderSpec imported(String tower) {
    ModelsRoot root = ModelsRoot.at(models.toString());
    BundleImport.run(ImportRequest.of(export.toString()).named("odd"), root);
    return EncoderSpecs.of("odd", root, tower, Limits.from(Settings.defaults()));
  }

  private static List<EmbedOutcome> encode(EncoderSpec spec, List<String> texts) {
    try (Lease<Encoder> encoder = WarmEncoders.lease(spec, "cpu")) {
      return encoder.value().encode(texts.stream().map(EmbedInput::text).toList());
    }
  }
}
