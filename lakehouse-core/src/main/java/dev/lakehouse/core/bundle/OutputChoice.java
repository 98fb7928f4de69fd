// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which output of a network is the vector, decided on the shapes that really come out.
 *
 * @param output its name
 * @param pooling how it becomes one vector per item
 * @param dimension its width
 */
record OutputChoice(String output, Pooling pooling, int dimension) {
  private static final Map<String, List<String>> PREFERRED =
      Map.of(
          Tower.IMAGE, List.of("image_embeds", "pooler_output", "last_hidden_state"),
          // the pooler of a sentence model is trained for another task than sentences
          Tower.TEXT,
              List.of(
                  "text_embeds",
                  "sentence_embedding",
                  "last_hidden_state",
                  "token_embeddings",
                  "pooler_output"));

  /**
   * Chooses.
   *
   * @param tower image or text
   * @param shapes of every output of numbers, by name
   * @param rows items that were fed
   * @param tokens that each item was fed as; 0 for pictures
   * @param positions how an output with a vector per position is pooled
   * @throws IllegalArgumentException naming all shapes, if none can be interpreted
   */
  static OutputChoice of(
      String tower, Map<String, long[]> shapes, int rows, int tokens, Pooling positions) {
    for (String name : PREFERRED.getOrDefault(tower, List.of())) {
      long[] shape = shapes.get(name);
      if (shape != null) {
        return choice(name, shape, shapes, rows, tokens, positions);
      }
    }
    Checks.check(
        shapes.size() == 1,
        "none of the outputs %s is known as the vector of the %s tower: expected one of %s, or a"
            + " single output",
        text(shapes),
        tower,
        PREFERRED.get(tower));
    Map.Entry<String, long[]> only = shapes.entrySet().iterator().next();
    return choice(only.getKey(), only.getValue(), shapes, rows, tokens, positions);
  }

  private static OutputChoice choice(
      String name,
      long[] shape,
      Map<String, long[]> shapes,
      int rows,
      int tokens,
      Pooling positions) {
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
    long width = flat ? shape[1] : shape[2];
    return new OutputChoice(name, flat ? Pooling.NONE : positions, Math.toIntExact(width));
  }

  private static String text(Map<String, long[]> shapes) {
    return shapes.entrySet().stream()
        .map(shape -> shape.getKey() + " " + Arrays.toString(shape.getValue()))
        .collect(Collectors.joining(", "));
  }
}
