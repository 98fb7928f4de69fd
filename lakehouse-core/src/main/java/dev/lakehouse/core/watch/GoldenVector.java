// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.bundle.ModelBundle;
import dev.lakehouse.core.bundle.Tower;
import dev.lakehouse.core.embed.EmbedInput;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;

/**
 * What an embedded model makes of an input by an implementation that shares no code with ours (ONNX
 * Runtime and tokenizers from Python).
 */
@SuppressWarnings("ArrayRecordComponent")
record GoldenVector(EmbedInput input, float[] values) {
  private static final String EMBEDDED = "embedded:";
  private static final int PROBE_SIDE = 64;

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
    EmbedInput input =
        node.has("text")
            ? EmbedInput.text(node.path("text").asText())
            : EmbedInput.image(Base64.getDecoder().decode(node.path("image").asText()));
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(node.path("vector").asText()));
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return new GoldenVector(input, values);
  }

  /** Something to ask a model that has no golden vector. */
  static EmbedInput probe(Tower tower) {
    return tower.name().equals(Tower.IMAGE)
        ? EmbedInput.image(gradient())
        : EmbedInput.text("The doctor reads a sentence that everybody knows by heart.");
  }

  private static byte[] gradient() {
    BufferedImage image = new BufferedImage(PROBE_SIDE, PROBE_SIDE, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < PROBE_SIDE; y++) {
      for (int x = 0; x < PROBE_SIDE; x++) {
        image.setRGB(x, y, x * 4 << 16 | y * 4 << 8);
      }
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }

  /** Cosine to a vector of norm 1. */
  double cosine(float[] other) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += (double) values[i] * other[i];
    }
    return sum;
  }
}
