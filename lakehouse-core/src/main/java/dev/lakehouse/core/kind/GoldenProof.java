// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.engine.Bundles;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.bundle.imports.BundleProof;
import dev.lakehouse.core.bundle.imports.StagedBundle;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.embed.EmbedOutcome;
import dev.lakehouse.core.embed.Encoder;
import dev.lakehouse.core.embed.EncoderSpec;
import dev.lakehouse.core.embed.WarmEncoders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Compares a bundle with the golden vectors of its export, {@code golden.json}, from the bytes of a
 * picture or the words of a text to the vector; docs/models.md describes the file.
 */
final class GoldenProof implements BundleProof {
  private static final String FILE = "golden.json";
  private static final double NEAR_UNSAID = 0.999;
  private static final double NEAR_AT_LEAST = 0.9;

  private final Limits limits;

  GoldenProof(Limits limits) {
    this.limits = limits;
  }

  @Override
  public List<String> of(StagedBundle staged) throws IOException {
    Optional<byte[]> golden = staged.exported(FILE);
    if (golden.isEmpty()) {
      return List.of("the export has no " + FILE + ": its vectors were compared with none");
    }
    JsonNode file = read(golden.get());
    double near = file.path("min_cosine").asDouble(NEAR_UNSAID);
    require(near >= NEAR_AT_LEAST && near <= 1, "min_cosine is " + near + ": expected 0.9 to 1");
    List<String> shown = new ArrayList<>();
    for (Map.Entry<String, List<GoldenItem>> tower : items(file, staged).entrySet()) {
      shown.add(compare(staged, tower.getKey(), tower.getValue(), near));
    }
    return shown;
  }

  private static JsonNode read(byte[] golden) throws IOException {
    try {
      return Json.mapper().readTree(golden);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(FILE + ": " + e.getOriginalMessage(), e);
    }
  }

  private static Map<String, List<GoldenItem>> items(JsonNode file, StagedBundle staged)
      throws IOException {
    Map<String, List<GoldenItem>> towers = new LinkedHashMap<>();
    for (JsonNode item : file.path("vectors")) {
      GoldenItem read = GoldenItem.of(FILE, item, staged);
      towers.computeIfAbsent(read.tower(), tower -> new ArrayList<>()).add(read);
    }
    require(!towers.isEmpty(), "it has no vectors: expected a list under vectors");
    return towers;
  }

  private String compare(StagedBundle staged, String tower, List<GoldenItem> items, double near) {
    ModelBundle bundle = Bundles.resolve(staged.name(), staged.root());
    require(
        bundle.towerNames().contains(tower),
        "it has vectors of the %s tower, which the model lacks".formatted(tower));
    EncoderSpec spec = EncoderSpecs.of(bundle, staged.root(), tower, limits);
    double least = 1;
    try (Lease<Encoder> lease = WarmEncoders.lease(spec, "cpu")) {
      List<EmbedOutcome> outcomes =
          lease.value().encode(items.stream().map(GoldenItem::input).toList());
      for (int i = 0; i < items.size(); i++) {
        GoldenItem item = items.get(i);
        double cosine = item.cosine(outcomes.get(i), bundle.dimension());
        require(
            cosine >= near,
            String.format(
                Locale.ROOT,
                "the vector of %s is another one: cosine %.4f, expected at least %s. Preprocessing,"
                    + " tokenizer, network or pooling are not those that made it",
                item.label(),
                cosine,
                near));
        least = Math.min(least, cosine);
      }
    } finally {
      WarmEncoders.close(spec, "cpu");
    }
    return String.format(
        Locale.ROOT,
        "%s tower: %d golden vectors met, cosine at least %.6f",
        tower,
        items.size(),
        least);
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(FILE + ": " + message);
    }
  }
}
