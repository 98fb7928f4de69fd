// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.model;

import static dev.lakehouse.bench.model.OnnxGraph.attribute;

import java.util.List;
import java.util.Optional;

/**
 * The towers of CLIP ViT-B/32, or smaller ones of the same build; names of inputs and outputs are
 * those of Hugging Face's exports.
 *
 * @param imageWidth width of a position of the image tower
 * @param textWidth width of a position of the text tower
 * @param layers of each tower
 * @param vocabulary tokens
 */
record ClipNetwork(int imageWidth, int textWidth, int layers, int vocabulary) {
  static final int SIDE = 224;
  static final int TOKENS = 77;
  static final int DIMENSION = 512;
  static final int PATCH = 32;
  static final int HEAD = 64;
  private static final float NEVER = -1e9f;

  /** As published. */
  static final ClipNetwork B32 = new ClipNetwork(768, 512, 12, 49_408);

  /** Small enough to be drawn and run within a second. */
  static final ClipNetwork TINY = new ClipNetwork(64, 64, 2, 4_096);

  /** Pictures to vectors: {@code pixel_values} to {@code image_embeds}. */
  OnnxGraph image() {
    OnnxGraph graph = new OnnxGraph("clip-image");
    Transformer tower = new Transformer(graph, imageWidth, imageWidth / HEAD);
    int patches = (SIDE / PATCH) * (SIDE / PATCH);
    String pixels = graph.input("pixel_values", OnnxGraph.FLOAT, "batch", 3, SIDE, SIDE);
    String kernel =
        graph.weights(
            "patch.w", 0, 1 / Math.sqrt(3.0 * PATCH * PATCH), imageWidth, 3, PATCH, PATCH);
    String cut =
        graph.operator(
            "Conv",
            List.of(pixels, kernel),
            attribute("kernel_shape", PATCH, PATCH),
            attribute("strides", PATCH, PATCH));
    String flat =
        graph.operator("Reshape", List.of(cut, graph.numbers("flat", 0, imageWidth, patches)));
    String rows = graph.operator("Transpose", List.of(flat), attribute("perm", 0, 2, 1));
    String all =
        graph.operator("Concat", List.of(first(graph, pixels), rows), attribute("axis", 1));
    String x =
        tower.norm("pre", tower.add(all, graph.weights("pos", 0, 0.02, patches + 1, imageWidth)));
    for (int layer = 0; layer < layers; layer++) {
      x = tower.layer("layer" + layer, x, Optional.empty());
    }
    String summary =
        graph.operator("Gather", List.of(x, scalar(graph, "zero", 0)), attribute("axis", 1));
    String vector = tower.project("projection", tower.norm("post", summary), imageWidth, DIMENSION);
    graph.output(vector, "image_embeds", "batch", DIMENSION);
    return graph;
  }

  /** The class position, once for each picture. */
  private String first(OnnxGraph graph, String pixels) {
    String shape = extent(graph, pixels, 0);
    String wanted =
        graph.operator(
            "Concat",
            List.of(shape, graph.numbers("class.shape", 1, imageWidth)),
            attribute("axis", 0));
    return graph.operator(
        "Expand", List.of(graph.weights("class", 0, 0.02, 1, 1, imageWidth), wanted));
  }

  /** Texts to vectors: {@code input_ids} and {@code attention_mask} to {@code text_embeds}. */
  OnnxGraph text() {
    OnnxGraph graph = new OnnxGraph("clip-text");
    Transformer tower = new Transformer(graph, textWidth, textWidth / HEAD);
    String ids = graph.input("input_ids", OnnxGraph.INT64, "batch", "tokens");
    String mask = graph.input("attention_mask", OnnxGraph.INT64, "batch", "tokens");
    String length = extent(graph, ids, 1);
    String table = graph.weights("tokens", 0, 0.02, vocabulary, textWidth);
    String places = graph.weights("pos", 0, 0.02, TOKENS, textWidth);
    String x =
        tower.add(
            graph.operator("Gather", List.of(table, ids), attribute("axis", 0)),
            cut(graph, "pos", places, length, 0));
    String hidden = tower.add(later(graph, length), padding(graph, mask));
    for (int layer = 0; layer < layers; layer++) {
      x = tower.layer("layer" + layer, x, Optional.of(hidden));
    }
    String vector =
        tower.project("projection", last(graph, ids, tower.norm("post", x)), textWidth, DIMENSION);
    graph.output(vector, "text_embeds", "batch", DIMENSION);
    return graph;
  }

  /** The length of an axis, as a vector of one number. */
  private static String extent(OnnxGraph graph, String tensor, long axis) {
    return graph.operator(
        "Gather",
        List.of(
            graph.operator("Shape", List.of(tensor)), graph.numbers(tensor + ".axis" + axis, axis)),
        attribute("axis", 0));
  }

  /** What comes later is not looked at: {@code [tokens, tokens]}. */
  private static String later(OnnxGraph graph, String length) {
    String square = graph.operator("Concat", List.of(length, length), attribute("axis", 0));
    String never = graph.operator("Expand", List.of(graph.number("never", NEVER), square));
    return graph.operator("Trilu", List.of(never, scalar(graph, "one", 1)), attribute("upper", 1));
  }

  /** Nor is padding: {@code [n, 1, 1, tokens]}. */
  private static String padding(OnnxGraph graph, String mask) {
    String real = graph.operator("Cast", List.of(mask), attribute("to", OnnxGraph.FLOAT));
    String open = graph.operator("Sub", List.of(graph.number("full", 1), real));
    String never = graph.operator("Mul", List.of(open, graph.number("hidden", NEVER)));
    return graph.operator("Unsqueeze", List.of(never, graph.numbers("axes", 1, 2)));
  }

  /** The position of the end token, which has the highest id. */
  private static String last(OnnxGraph graph, String ids, String x) {
    String small = graph.operator("Cast", List.of(ids), attribute("to", OnnxGraph.INT32));
    String place =
        graph.operator("ArgMax", List.of(small), attribute("axis", -1), attribute("keepdims", 1));
    return graph.operator("GatherND", List.of(x, place), attribute("batch_dims", 1));
  }

  private static String cut(OnnxGraph graph, String name, String from, String length, long axis) {
    return graph.operator(
        "Slice",
        List.of(
            from, graph.numbers(name + ".start", 0), length, graph.numbers(name + ".axis", axis)));
  }

  private static String scalar(OnnxGraph graph, String name, long value) {
    return graph.operator(
        "Squeeze", List.of(graph.numbers(name, value), graph.numbers(name + ".axis", 0)));
  }
}
