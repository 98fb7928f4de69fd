// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.kind.EncoderSpecs;
import java.util.ArrayList;
import java.util.List;

/** Vectors of the embedded models, and how to compare them. */
public final class Vectors {
  private static final ModelsRoot NOWHERE = ModelsRoot.at("/nonexistent/models");
  private static final Limits LIMITS = Limits.from(Settings.defaults());

  private Vectors() {}

  /** An encoder of the sample model; the tower is image or text. */
  public static EncoderSpec shapesClip(String tower) {
    return EncoderSpecs.of("shapes-clip", NOWHERE, tower, LIMITS);
  }

  /** The encoder of sentences. */
  public static EncoderSpec minilm() {
    return EncoderSpecs.of("minilm", NOWHERE, Tower.TEXT, LIMITS);
  }

  /** The text encoder of the sample model, under a digest that no other test has warmed. */
  public static EncoderSpec unwarmed(String name) {
    EncoderSpec texts = shapesClip(Tower.TEXT);
    return new EncoderSpec(
        texts.family(),
        texts.bundle(),
        texts.bundleDigest(),
        texts.models(),
        texts.kind(),
        texts.towers(),
        texts.precision(),
        texts.network(),
        Digests.sha256(name),
        texts.dimension(),
        texts.limits());
  }

  /** All in one batch; every input must have a vector. */
  public static List<float[]> encode(EncoderSpec spec, List<EmbedInput> inputs) {
    return encode(spec, inputs, Math.max(1, inputs.size()));
  }

  /** In batches of a size; every input must have a vector. */
  public static List<float[]> encode(EncoderSpec spec, List<EmbedInput> inputs, int size) {
    List<float[]> vectors = new ArrayList<>();
    try (Lease<Encoder> encoder = WarmEncoders.lease(spec, "cpu")) {
      for (int from = 0; from < inputs.size(); from += size) {
        List<EmbedInput> batch = inputs.subList(from, Math.min(from + size, inputs.size()));
        encoder
            .value()
            .encode(batch)
            .forEach(
                outcome ->
                    vectors.add(
                        outcome
                            .vector()
                            .orElseThrow(
                                () -> new AssertionError("No vector: " + outcome.failure()))));
      }
    }
    return vectors;
  }

  /** The cosine of two vectors of any norm. */
  public static double cosine(float[] a, float[] b) {
    return dot(a, b) / norm(a) / norm(b);
  }

  static double norm(float[] vector) {
    return Math.sqrt(dot(vector, vector));
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** The largest difference of two numbers in the same place. */
  public static double largestDifference(List<float[]> a, List<float[]> b) {
    if (a.size() != b.size()) {
      throw new AssertionError("%d vectors and %d".formatted(a.size(), b.size()));
    }
    double largest = 0;
    for (int row = 0; row < a.size(); row++) {
      for (int i = 0; i < a.get(row).length; i++) {
        largest = Math.max(largest, Math.abs(a.get(row)[i] - b.get(row)[i]));
      }
    }
    return largest;
  }

  /** For each query, at what place (0 = first) the item of the same number stands. */
  public static int[] ranks(List<float[]> queries, List<float[]> items) {
    int[] ranks = new int[queries.size()];
    for (int q = 0; q < ranks.length; q++) {
      double right = dot(queries.get(q), items.get(q));
      for (float[] item : items) {
        if (dot(queries.get(q), item) > right) {
          ranks[q]++;
        }
      }
    }
    return ranks;
  }
}
