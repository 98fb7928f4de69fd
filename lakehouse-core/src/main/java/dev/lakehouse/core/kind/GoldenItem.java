// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.bundle.engine.Pooled;
import dev.lakehouse.core.bundle.imports.StagedBundle;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EmbedOutcome;
import dev.lakehouse.core.embed.TowerKind;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A golden vector of an export.
 *
 * @param label the item, for people
 * @param input what the tower is given
 * @param vector what its makers got, of norm 1
 */
@SuppressWarnings("ArrayRecordComponent")
record GoldenItem(String label, EmbedInput input, float[] vector) {
  private static final String TEXT = "text";
  private static final String QUERY = "query";
  private static final List<String> KINDS =
      Stream.concat(
              Stream.of(TEXT, QUERY),
              Kinds.towers().stream().map(TowerKind::tower).filter(name -> !name.equals(TEXT)))
          .toList();

  /**
   * Reads one.
   *
   * @param file where it stands, for people
   * @throws IllegalArgumentException if it is no item with a vector
   */
  static GoldenItem of(String file, JsonNode node, StagedBundle staged) throws IOException {
    Set<String> keys = new TreeSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    List<String> kinds = KINDS.stream().filter(keys::contains).toList();
    if (kinds.size() != 1 || keys.size() != 2 || !node.path("vector").isArray()) {
      throw new IllegalArgumentException(
          "%s: an item has the keys %s: expected vector, and one of %s"
              .formatted(file, keys, KINDS));
    }
    String kind = kinds.get(0);
    String value = node.get(kind).asText();
    String label = "%s '%s'".formatted(kind, value);
    EmbedInput input =
        switch (kind) {
          case TEXT -> EmbedInput.text(value);
          case QUERY -> EmbedInput.query(value);
          default -> new EmbedInput.Bytes(kind, exported(file, value, staged));
        };
    return new GoldenItem(label, input, vector(node, file, label));
  }

  private static byte[] exported(String file, String name, StagedBundle staged) throws IOException {
    return staged
        .exported(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s names the file %s, which the export has not".formatted(file, name)));
  }

  /** Name of the tower that makes the vector. */
  String tower() {
    return input.kind();
  }

  private static float[] vector(JsonNode node, String file, String label) {
    JsonNode numbers = node.get("vector");
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = numbers.get(i).isNumber() ? (float) numbers.get(i).asDouble() : Float.NaN;
    }
    if (!Pooled.normalise(vector)) {
      throw new IllegalArgumentException(
          "%s: the vector of %s has no direction: expected numbers".formatted(file, label));
    }
    return vector;
  }

  /**
   * How near a vector is.
   *
   * @throws IllegalArgumentException if there is none, or one of another width
   */
  double cosine(EmbedOutcome outcome, int dimension) {
    if (vector.length != dimension) {
      throw new IllegalArgumentException(
          "golden.json: the vector of %s has %d numbers: expected %d, as the model gives"
              .formatted(label, vector.length, dimension));
    }
    return outcome
        .vector()
        .map(found -> Pooled.cosine(vector, found))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "golden.json: %s gives no vector: %s".formatted(label, outcome.failure())));
  }
}
