// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.health;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.bundle.description.ModelBundle;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.embed.EmbedInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * What an embedded model makes of an input by an implementation that shares no code with ours (ONNX
 * Runtime and tokenizers from Python).
 */
@SuppressWarnings("ArrayRecordComponent")
record GoldenVector(EmbedInput input, float[] values) {
  private static final String EMBEDDED = "embedded:";

  /** The golden vector of a tower, if it has one: a bundle from elsewhere has none. */
  static Optional<GoldenVector> of(ModelBundle bundle, Tower tower) {
    if (!bundle.place().startsWith(EMBEDDED)) {
      return Optional.empty();
    }
    return StreamSupport.stream(all().spliterator(), false)
        .filter(node -> node.path("bundle").asText().equals(bundle.name()))
        .filter(node -> node.path("tower").asText().equals(tower.name()))
        .map(GoldenVector::of)
        .findAny();
  }

  private static JsonNode all() {
    try (InputStream in = GoldenVector.class.getResourceAsStream("golden.json")) {
      return Json.mapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GoldenVector of(JsonNode node) {
    String tower = node.path("tower").asText();
    EmbedInput input =
        node.has("text")
            ? EmbedInput.text(node.path("text").asText())
            : new EmbedInput.Bytes(tower, Base64.getDecoder().decode(node.path(tower).asText()));
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(node.path("vector").asText()));
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return new GoldenVector(input, values);
  }
}
