// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.model;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An ONNX network while it is drawn up, operator by operator (opset 14, which runtimes of 2021
 * read).
 *
 * <p>Source of the format: onnx.proto3, messages ModelProto, GraphProto, NodeProto, AttributeProto,
 * TensorProto and ValueInfoProto.
 */
final class OnnxGraph {
  private static final int IR_VERSION = 7;
  private static final int OPSET = 14;
  static final int FLOAT = 1;
  static final int INT32 = 6;
  static final int INT64 = 7;

  private final String name;
  private final Proto nodes = new Proto();
  private final Proto constants = new Proto();
  private final Proto ends = new Proto();
  private final List<Weights> weights = new ArrayList<>();
  private int count;

  OnnxGraph(String name) {
    this.name = name;
  }

  /** An input whose axes are named where their length varies. */
  String input(String input, int type, Object... axes) {
    ends.message(11, end(input, type, axes));
    return input;
  }

  void output(String value, String output, Object... axes) {
    nodes.message(1, node("Identity", List.of(value), output, List.of()));
    ends.message(12, end(output, FLOAT, axes));
  }

  private static Proto end(String value, int type, Object... axes) {
    Proto shape = new Proto();
    for (Object axis : axes) {
      shape.message(
          1,
          axis instanceof Integer length
              ? new Proto().number(1, length)
              : new Proto().text(2, axis.toString()));
    }
    Proto tensor = new Proto().number(1, type).message(2, shape);
    return new Proto().text(1, value).message(2, new Proto().message(1, tensor));
  }

  /** A tensor of weights. */
  String weights(String tensor, double mean, double deviation, long... shape) {
    weights.add(new Weights(tensor, mean, deviation, shape));
    return tensor;
  }

  /** A constant vector of whole numbers. */
  String numbers(String tensor, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      raw.putLong(value);
    }
    constants.message(
        5,
        new Proto().number(1, values.length).number(2, INT64).text(8, tensor).raw(9, raw.array()));
    return tensor;
  }

  /** A constant number. */
  String number(String tensor, float value) {
    byte[] raw =
        ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array();
    constants.message(5, new Proto().number(2, FLOAT).text(8, tensor).raw(9, raw));
    return tensor;
  }

  /** What an operator makes of its inputs. */
  String operator(String type, List<String> inputs, Proto... attributes) {
    String output = type.toLowerCase(java.util.Locale.ROOT) + "_" + count++;
    nodes.message(1, node(type, inputs, output, List.of(attributes)));
    return output;
  }

  private static Proto node(
      String type, List<String> inputs, String output, List<Proto> attributes) {
    Proto node = new Proto();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, output).text(3, output).text(4, type);
    attributes.forEach(attribute -> node.message(5, attribute));
    return node;
  }

  static Proto attribute(String name, long value) {
    return new Proto().text(1, name).number(3, value).number(20, 2);
  }

  static Proto attribute(String name, float value) {
    return new Proto().text(1, name).real(2, value).number(20, 1);
  }

  static Proto attribute(String name, long... values) {
    Proto attribute = new Proto().text(1, name);
    for (long value : values) {
      attribute.number(8, value);
    }
    return attribute.number(20, 7);
  }

  /** Writes the network, its weights drawn from a seed. */
  void write(Path file, long seed) throws IOException {
    Proto small = new Proto().text(2, name);
    long graph = nodes.length() + (long) small.length() + constants.length() + ends.length();
    for (Weights each : weights) {
      graph += field(each).length() + size(each);
    }
    Proto head =
        new Proto()
            .number(1, IR_VERSION)
            .text(2, "lakehouse-bench")
            .message(8, new Proto().text(1, "").number(2, OPSET))
            .announce(7, graph);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (Proto part : List.of(head, nodes, small, constants, ends)) {
        out.write(part.bytes());
      }
      for (Weights each : weights) {
        out.write(field(each).bytes());
        out.write(each.head().bytes());
        each.write(out, seed);
      }
    }
  }

  private static Proto field(Weights weights) {
    return new Proto().announce(5, size(weights));
  }

  private static long size(Weights weights) {
    return weights.head().length() + weights.bytes();
  }
}
