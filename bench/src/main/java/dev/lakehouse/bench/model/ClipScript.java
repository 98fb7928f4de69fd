// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.model;

/**
 * The image tower of a {@link ClipNetwork} as a program that computes in bfloat16, with the same
 * weights, which are drawn by their names.
 */
final class ClipScript {
  private static final double EPSILON = 1e-5;
  private static final double QUICK_GELU = 1.702;

  private final TorchProgram program = new TorchProgram("pixel_values");
  private final int width;
  private final int layers;
  private final int positions;
  private final String rows;

  private ClipScript(ClipNetwork network) {
    this.width = network.imageWidth();
    this.layers = network.layers();
    int side = ClipNetwork.SIDE / ClipNetwork.PATCH;
    this.positions = side * side + 1;
    this.rows = program.let("torch.size(pixel_values, 0)");
  }

  /** Pictures in float32 to vectors in float32. */
  static TorchProgram image(ClipNetwork network) {
    ClipScript script = new ClipScript(network);
    script.forward();
    return script.program;
  }

  private void forward() {
    String x = norm("pre", embedded());
    for (int layer = 0; layer < layers; layer++) {
      x = layer("layer" + layer, x);
    }
    String summary = norm("post", program.let("torch.select(%s, 1, 0)", x));
    String matrix = matrix("projection", width, ClipNetwork.DIMENSION);
    program.result("torch.to(torch.matmul(%s, %s), %d)", summary, matrix, TorchProgram.FLOAT32);
  }

  /** The class position and one for each patch. */
  private String embedded() {
    int patch = ClipNetwork.PATCH;
    String pixels = program.let("torch.to(pixel_values, %d)", TorchProgram.BF16);
    String kernel =
        program.weights("patch.w", 0, 1 / Math.sqrt(3.0 * patch * patch), width, 3, patch, patch);
    String cut =
        program.let(
            "torch.conv2d(%s, %s, None, [%d, %d], [0, 0], [1, 1], 1)",
            pixels, kernel, patch, patch);
    String patches = program.let("torch.transpose(torch.flatten(%s, 2), 1, 2)", cut);
    String summary = program.weights("class", 0, 0.02, 1, 1, width);
    String first = program.let("torch.expand(%s, [%s, 1, %d])", summary, rows, width);
    String places = program.weights("pos", 0, 0.02, positions, width);
    return program.let("torch.add(torch.cat([%s, %s], 1), %s)", first, patches, places);
  }

  private String layer(String name, String x) {
    String attended = program.let("torch.add(%s, %s)", x, attention(name, norm(name + ".ln1", x)));
    String hidden = linear(name + ".fc1", norm(name + ".ln2", attended), width, 4 * width);
    String activated =
        program.let("torch.mul(%s, torch.sigmoid(torch.mul(%s, %s)))", hidden, hidden, QUICK_GELU);
    return program.let(
        "torch.add(%s, %s)", attended, linear(name + ".fc2", activated, 4 * width, width));
  }

  private String attention(String name, String x) {
    String mixed =
        program.let(
            "torch.scaled_dot_product_attention(%s, %s, %s)",
            heads(linear(name + ".q", x, width, width)),
            heads(linear(name + ".k", x, width, width)),
            heads(linear(name + ".v", x, width, width)));
    String joined =
        program.let(
            "torch.reshape(torch.transpose(%s, 1, 2), [%s, %d, %d])",
            mixed, rows, positions, width);
    return linear(name + ".o", joined, width, width);
  }

  private String heads(String x) {
    int depth = ClipNetwork.HEAD;
    return program.let(
        "torch.transpose(torch.view(%s, [%s, %d, %d, %d]), 1, 2)",
        x, rows, positions, width / depth, depth);
  }

  private String norm(String name, String x) {
    return program.let(
        "torch.layer_norm(%s, [%d], %s, %s, %s)",
        x,
        width,
        program.weights(name + ".w", 1, 0, width),
        program.weights(name + ".b", 0, 0, width),
        EPSILON);
  }

  private String linear(String name, String x, int from, int to) {
    String product = program.let("torch.matmul(%s, %s)", x, matrix(name, from, to));
    return program.let("torch.add(%s, %s)", product, program.weights(name + ".b", 0, 0.01, to));
  }

  private String matrix(String name, int from, int to) {
    return program.weights(name + ".w", 0, 1 / Math.sqrt(from), from, to);
  }
}
