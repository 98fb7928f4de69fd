// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.model;

import static dev.lakehouse.bench.model.OnnxGraph.attribute;

import java.util.List;
import java.util.Optional;

/**
 * The layers that both towers of CLIP are made of: pre-norm attention and a quick-GELU perceptron.
 *
 * <p>Source: Radford et al., Learning Transferable Visual Models From Natural Language Supervision,
 * 2021.
 *
 * @param graph that they are drawn into
 * @param width of a position
 * @param heads of the attention
 */
record Transformer(OnnxGraph graph, int width, int heads) {
  private static final float EPSILON = 1e-5f;
  private static final float QUICK_GELU = 1.702f;

  /**
   * A layer.
   *
   * @param x {@code [n, positions, width]}
   * @param mask added to the attention, if there is one
   */
  String layer(String name, String x, Optional<String> mask) {
    String attended = add(x, attention(name, norm(name + ".ln1", x), mask));
    String hidden = linear(name + ".fc1", norm(name + ".ln2", attended), width, 4 * width);
    String gate =
        graph.operator(
            "Sigmoid",
            List.of(
                graph.operator("Mul", List.of(hidden, graph.number(name + ".gelu", QUICK_GELU)))));
    String activated = graph.operator("Mul", List.of(hidden, gate));
    return add(attended, linear(name + ".fc2", activated, 4 * width, width));
  }

  private String attention(String name, String x, Optional<String> mask) {
    int depth = width / heads;
    String scale = graph.number(name + ".scale", (float) (1 / Math.sqrt(depth)));
    String query = graph.operator("Mul", List.of(linear(name + ".q", x, width, width), scale));
    String queries = split(name + ".q", query, 0, 2, 1, 3);
    String keys = split(name + ".k", linear(name + ".k", x, width, width), 0, 2, 3, 1);
    String values = split(name + ".v", linear(name + ".v", x, width, width), 0, 2, 1, 3);
    String scores = graph.operator("MatMul", List.of(queries, keys));
    String masked = mask.map(added -> add(scores, added)).orElse(scores);
    String shares = graph.operator("Softmax", List.of(masked), attribute("axis", -1));
    String mixed =
        graph.operator(
            "Transpose",
            List.of(graph.operator("MatMul", List.of(shares, values))),
            attribute("perm", 0, 2, 1, 3));
    String joined =
        graph.operator("Reshape", List.of(mixed, graph.numbers(name + ".joined", 0, -1, width)));
    return linear(name + ".o", joined, width, width);
  }

  /** Positions of one head side by side. */
  private String split(String name, String x, long... order) {
    String heads = graph.numbers(name + ".heads", 0, -1, heads(), (long) width / heads());
    return graph.operator(
        "Transpose",
        List.of(graph.operator("Reshape", List.of(x, heads))),
        attribute("perm", order));
  }

  /** A layer norm in its parts, which runtimes join again: it is an operator since opset 17. */
  String norm(String name, String x) {
    String centred = graph.operator("Sub", List.of(x, mean(x)));
    String squares = graph.operator("Pow", List.of(centred, graph.number(name + ".two", 2)));
    String variance = add(mean(squares), graph.number(name + ".epsilon", EPSILON));
    String deviation = graph.operator("Sqrt", List.of(variance));
    String scaled =
        graph.operator(
            "Mul",
            List.of(
                graph.operator("Div", List.of(centred, deviation)),
                graph.weights(name + ".w", 1, 0, width)));
    return add(scaled, graph.weights(name + ".b", 0, 0, width));
  }

  private String mean(String x) {
    return graph.operator(
        "ReduceMean", List.of(x), attribute("axes", new long[] {-1}), attribute("keepdims", 1));
  }

  String linear(String name, String x, int from, int to) {
    String product = project(name, x, from, to);
    return add(product, graph.weights(name + ".b", 0, 0.01, to));
  }

  String project(String name, String x, int from, int to) {
    String matrix = graph.weights(name + ".w", 0, 1 / Math.sqrt(from), from, to);
    return graph.operator("MatMul", List.of(x, matrix));
  }

  String add(String a, String b) {
    return graph.operator("Add", List.of(a, b));
  }
}
