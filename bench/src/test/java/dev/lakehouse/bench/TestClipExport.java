// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.engine.Engine;
import dev.lakehouse.bench.model.ClipExport;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.bundle.imports.BundleImport;
import dev.lakehouse.core.bundle.imports.ImportRequest;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EmbedOutcome;
import dev.lakehouse.core.embed.Encoder;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.WarmEncoders;
import dev.lakehouse.core.kind.EncoderSpecs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The drawn networks are what an importer and a session take for a CLIP model. */
class TestClipExport {
  @TempDir Path folder;

  private static List<float[]> encode(
      ModelBundle bundle, ModelsRoot models, String tower, List<EmbedInput> inputs) {
    EncoderSpec spec = EncoderSpecs.of(bundle, models, tower, Limits.from(Settings.defaults()));
    try (Lease<Encoder> encoder = WarmEncoders.lease(spec, "cpu")) {
      return encoder.value().encode(inputs).stream()
          .map(EmbedOutcome::vector)
          .map(vector -> vector.orElseThrow())
          .toList();
    }
  }

  @Test
  void bothTowersMakeVectorsOfOneSpace() throws IOException {
    ClipExport.tiny().write(folder.resolve("export"), 1);
    ModelsRoot models = ModelsRoot.at(folder.resolve("models").toUri().toString());
    ModelBundle bundle =
        BundleImport.run(ImportRequest.of(folder.resolve("export").toString()), models);
    new Photographs(320, 240, 1).write(folder.resolve("photographs"), "", 2);
    List<EmbedInput> pictures =
        List.of(
            EmbedInput.image(Files.readAllBytes(folder.resolve("photographs/000000.jpg"))),
            EmbedInput.image(Files.readAllBytes(folder.resolve("photographs/000001.jpg"))));
    Random random = new Random(1);
    List<EmbedInput> texts =
        List.of(
            EmbedInput.text(Words.sentence(random, 8)),
            EmbedInput.text(Words.document(random, 90)));

    List<float[]> vectors = encode(bundle, models, Tower.IMAGE, pictures);
    List<float[]> words = encode(bundle, models, Tower.TEXT, texts);

    assertThat(bundle.dimension()).isEqualTo(512);
    assertThat(vectors.get(0)).isNotEqualTo(vectors.get(1));
    assertThat(words.get(0)).hasSize(512).isNotEqualTo(words.get(1));
  }

  /** Compared by the importer, in builds that can run it. */
  @Test
  void theProgramInBf16ComputesTheSame() throws IOException {
    assumeTrue(Engine.hasEngine("PyTorch"), "a build with -Ptorch");
    ClipExport.tiny().write(folder.resolve("export"), 1);
    ModelsRoot models = ModelsRoot.at(folder.resolve("models").toUri().toString());

    ModelBundle bundle =
        BundleImport.run(ImportRequest.of(folder.resolve("export").toString()), models);

    assertThat(bundle.tower(Tower.IMAGE).graph().variants())
        .singleElement()
        .satisfies(
            variant -> {
              assertThat(variant.precision()).isEqualTo(Precision.BF16);
              assertThat(variant.cosine().orElseThrow()).isBetween(0.999, 1.0);
            });
  }

  @Test
  void theSameSeedDrawsTheSame() throws IOException {
    ClipExport.tiny().write(folder.resolve("a"), 1);
    ClipExport.tiny().write(folder.resolve("b"), 1);
    ClipExport.tiny().write(folder.resolve("c"), 2);

    assertThat(folder.resolve("a/vision_model.onnx"))
        .hasSameBinaryContentAs(folder.resolve("b/vision_model.onnx"));
    assertThat(
            Files.mismatch(
                folder.resolve("a/text_model.onnx"), folder.resolve("c/text_model.onnx")))
        .isNotNegative();
    assertThat(new Photographs(64, 48, 1).draw(3).getRGB(9, 9))
        .isEqualTo(new Photographs(64, 48, 1).draw(3).getRGB(9, 9));
  }
}
