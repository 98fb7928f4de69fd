// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import dev.lakehouse.core.bundle.description.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which output of a network is the vector, decided on the shapes that really come out.
 *
 * @param output its name
 * @param positions whether it has a vector for each position of an item, to be pooled
 * @param width numbers of a vector
 */
record OutputChoice(String output, boolean positions, int width) {
  static final String IMAGE_EMBEDS = "image_embeds";
  static final String TEXT_EMBEDS = "text_embeds";
  static final String POOLER_OUTPUT = "pooler_output";
  static final String LAST_HIDDEN_STATE = "last_hidden_state";

  /** Of a tower for pictures. */
  static final List<String> PICTURES = List.of(IMAGE_EMBEDS, POOLER_OUTPUT, LAST_HIDDEN_STATE);

  /** Of a sentence model: its pooler is trained for another task than sentences. */
  static final List<String> SENTENCES =
      List.of(
          TEXT_EMBEDS, "sentence_embedding", LAST_HIDDEN_STATE, "token_embeddings", POOLER_OUTPUT);

  /** Of a tower for texts beside one for pictures, which its pooler is trained for. */
  static final List<String> CAPTIONS =
      List.of(
          TEXT_EMBEDS, "sentence_embedding", POOLER_OUTPUT, LAST_HIDDEN_STATE, "token_embeddings");

  /**
   * Chooses.
   *
   * @param preferred names, the best first
   * @param shapes of every output of numbers, by name
   * @param rows items that were fed
   * @param tokens that each item was fed as; 0 for pictures
   * @throws IllegalArgumentException naming all shapes, if none can be interpreted
   */
  static OutputChoice of(List<String> preferred, Map<String, long[]> shapes, int rows, int tokens) {
    for (String name : preferred) {
      long[] shape = shapes.get(name);
      if (shape != null) {
        return choice(name, shape, shapes, rows, tokens);
      }
    }
    Checks.check(
        shapes.size() == 1,
        "none of the outputs %s is known as a vector: expected one of %s, or a single output",
        text(shapes),
        preferred);
    Map.Entry<String, long[]> only = shapes.entrySet().iterator().next();
    return choice(only.getKey(), only.getValue(), shapes, rows, tokens);
  }

  private static OutputChoice choice(
      String name, long[] shape, Map<String, long[]> shapes, int rows, int tokens) {
    boolean flat = shape.length == 2 || shape.length == 4 && shape[2] == 1 && shape[3] == 1;
    boolean perPosition = shape.length == 3 && (tokens == 0 || shape[1] == tokens);
    Checks.check(
        shape.length > 1 && shape[0] == rows && (flat || perPosition),
        "output %s cannot be read as vectors (outputs for %d items of %d tokens: %s): expected"
            + " [items, width] or [items, tokens, width]",
        name,
        rows,
        tokens,
        text(shapes));
    return new OutputChoice(name, perPosition, Math.toIntExact(flat ? shape[1] : shape[2]));
  }

  private static String text(Map<String, long[]> shapes) {
    return shapes.entrySet().stream()
        .map(shape -> shape.getKey() + " " + Arrays.toString(shape.getValue()))
        .collect(Collectors.joining(", "));
  }
}
