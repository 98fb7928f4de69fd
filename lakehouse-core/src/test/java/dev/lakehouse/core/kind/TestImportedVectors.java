// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.imports.ImportRequest;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imported models against the vectors that Pillow and numpy get for them. */
class TestImportedVectors {
  private static final Limits LIMITS = Limits.from(Settings.defaults());

  @TempDir Path models;

  @Test
  void everyFormOfAPreprocessorGivesItsVectorsOrIsRefused() throws IOException {
    Path in = SharedData.require("data/cases/m05-preprocessors/in");
    JsonNode expected = Json.mapper().readTree(in.resolve("expected.json").toFile());
    Set<String> refused = new TreeSet<>();
    try (Stream<Path> exports = Files.list(in.resolve("models"))) {
      for (Path export : exports.sorted().toList()) {
        String name = String.valueOf(export.getFileName());
        try {
          imported(export, name);
        } catch (LakehouseException e) {
          refused.add(name + ": " + e.getMessage());
          continue;
        }
        for (Map.Entry<String, JsonNode> picture : expected.get(name).properties()) {
          float[] found =
              encode(name, Tower.IMAGE, picture(in.resolve("pictures"), picture.getKey()));
          assertThat(Vectors.cosine(found, floats(picture.getValue())))
              .as("%s of %s", picture.getKey(), name)
              .isGreaterThan(0.999);
        }
      }
    }
    assertThat(refused)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("bgr: ")
        .contains("do_flip_channel_order");
  }

  @Test
  void aPairLikeSiglipGivesTheScoresOfTheModel() throws IOException {
    Path in = SharedData.require("data/cases/m01-siglip-pair/in");
    imported(in.resolve("siglip"), "siglip");

    JsonNode expected = Json.mapper().readTree(in.resolve("expected.json").toFile());
    for (Map.Entry<String, JsonNode> text : expected.properties()) {
      float[] query = encode("siglip", Tower.TEXT, EmbedInput.query(text.getKey()));
      for (Map.Entry<String, JsonNode> picture : text.getValue().properties()) {
        float[] found = encode("siglip", Tower.IMAGE, picture(in, picture.getKey()));
        assertThat(Vectors.cosine(query, found))
            .as("'%s' and %s", text.getKey(), picture.getKey())
            .isEqualTo(picture.getValue().asDouble(), within(0.01));
      }
    }
  }

  private void imported(Path export, String name) {
    ModelImport.run(
        ImportRequest.of(export.toString()).named(name), ModelsRoot.at(models.toString()), LIMITS);
  }

  private float[] encode(String name, String tower, EmbedInput input) {
    EncoderSpec spec = EncoderSpecs.of(name, ModelsRoot.at(models.toString()), tower, LIMITS);
    return Vectors.encode(spec, List.of(input)).get(0);
  }

  private static EmbedInput picture(Path folder, String file) throws IOException {
    return EmbedInput.image(Files.readAllBytes(folder.resolve(file)));
  }

  private static float[] floats(JsonNode numbers) {
    List<Float> list = new ArrayList<>();
    numbers.forEach(number -> list.add((float) number.asDouble()));
    float[] floats = new float[list.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = list.get(i);
    }
    return floats;
  }
}
