// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import ai.onnxruntime.platform.Fp16Conversions;
import dev.lakehouse.core.bundle.description.Precision;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Writes real, small ONNX networks byte by byte, to have exports of every shape at hand. */
public final class TinyOnnx {
  private static final int FLOAT = 1;
  private static final int INT8 = 3;
  private static final int INT32 = 6;
  private static final int INT64 = 7;
  private static final int FLOAT16 = 10;
  private static final int BFLOAT16 = 16;
  private static final int INTS = 7;
  private static final int INT = 2;

  private final Message graph = new Message().text(2, "tiny");
  private int operators = 11;

  public TinyOnnx pixels() {
    return input("pixel_values", FLOAT, 4);
  }

  public TinyOnnx tokens(String name) {
    return input(name, INT64, 2);
  }

  /** Whole numbers of 32 bits. */
  public TinyOnnx shortTokens(String name) {
    return input(name, INT32, 2);
  }

  /** Pictures in float16. */
  public TinyOnnx halfPixels() {
    return input("pixel_values", FLOAT16, 4);
  }

  /** An input of any ONNX type, with axes of these lengths; 0 is any. */
  public TinyOnnx fixed(String name, int type, long... lengths) {
    Message shape = new Message();
    for (long length : lengths) {
      shape.message(
          1, length == 0 ? new Message().text(2, "any") : new Message().number(1, length));
    }
    Message tensor = new Message().number(1, type).message(2, shape);
    graph.message(11, new Message().text(1, name).message(2, new Message().message(1, tensor)));
    return this;
  }

  private TinyOnnx input(String name, int type, int axes) {
    graph.message(11, value(name, type, axes));
    return this;
  }

  public TinyOnnx output(String name, int axes) {
    return output(name, axes, Precision.FP32);
  }

  public TinyOnnx output(String name, int axes, Precision precision) {
    graph.message(12, value(name, type(precision), axes));
    return this;
  }

  /** A newer set of operators: bf16 needs 13, the older ones take axes as attributes. */
  public TinyOnnx operators(int version) {
    operators = version;
    return this;
  }

  /** {@code [n, 3, h, w]} to {@code [n, 3, 1, 1]}. */
  public TinyOnnx average(String from, String to) {
    return node("GlobalAveragePool", List.of(from), to);
  }

  /** {@code [n, d, 1, 1]} to {@code [n, d]}. */
  public TinyOnnx flat(String from, String to) {
    return node("Flatten", List.of(from), to);
  }

  /** Any numbers to float32. */
  public TinyOnnx floats(String from, String to) {
    return cast(from, to, Precision.FP32);
  }

  /** Any numbers to a format. */
  public TinyOnnx cast(String from, String to, Precision precision) {
    Message type = new Message().text(1, "to").number(3, type(precision)).number(20, INT);
    return node("Cast", List.of(from), to, type);
  }

  /** {@code [n, l, rows]} to {@code [n, l, width]} by a table, in the table's number format. */
  public TinyOnnx multiply(String from, String table, String to) {
    return node("MatMul", List.of(from, table), to);
  }

  /**
   * The same by a table of int8, with numbers that are quantised by the largest of their batch.
   *
   * @param scale a table of one float32, by which the int8 are to be multiplied
   */
  public TinyOnnx multiplyQuantised(String from, String table, String scale, String to) {
    String name = to + "_";
    node("DynamicQuantizeLinear", List.of(from), List.of(name + "q", name + "s", name + "z"));
    node("MatMulInteger", List.of(name + "q", table, name + "z"), name + "i");
    floats(name + "i", name + "f");
    node("Mul", List.of(name + "s", scale), name + "scale");
    return node("Mul", List.of(name + "f", name + "scale"), to);
  }

  /** {@code [n, l]} to {@code [n, l, 1]}. */
  public TinyOnnx widen(String from, String to) {
    return node(
        "Unsqueeze",
        List.of(from),
        to,
        new Message().text(1, "axes").number(8, 2).number(20, INTS));
  }

  /** {@code [n, l]} to {@code [n, 1]}. */
  public TinyOnnx mean(String from, String to) {
    return node(
        "ReduceMean",
        List.of(from),
        to,
        new Message().text(1, "axes").number(8, 1).number(20, INTS));
  }

  /** {@code [n, l, d]} to {@code [n, d]}. */
  public TinyOnnx sum(String from, String to) {
    return reduced("ReduceSum", from, 1, 0, to);
  }

  /** The mean along an axis, which is gone then. */
  public TinyOnnx average(String from, int axis, String to) {
    return reduced("ReduceMean", from, axis, 0, to);
  }

  /** Adds the mean over all items of a batch to each. */
  public TinyOnnx mixed(String from, String to) {
    return reduced("ReduceMean", from, 0, 1, to + "_all")
        .node("Sub", List.of(from, to + "_all"), to + "_off")
        .node("Add", List.of(to + "_off", from), to);
  }

  private TinyOnnx reduced(String operator, String from, int axis, int keep, String to) {
    return node(
        operator,
        List.of(from),
        to,
        new Message().text(1, "axes").number(8, axis).number(20, INTS),
        new Message().text(1, "keepdims").number(3, keep).number(20, INT));
  }

  /** Numbers of an item times those of another. */
  public TinyOnnx times(String from, String other, String to) {
    return node("Mul", List.of(from, other), to);
  }

  /** The sum of two, each stretched to the shape of the other. */
  public TinyOnnx plus(String from, String other, String to) {
    return node("Add", List.of(from, other), to);
  }

  /** Side by side along an axis. */
  public TinyOnnx concat(List<String> from, int axis, String to) {
    return node("Concat", from, to, new Message().text(1, "axis").number(3, axis).number(20, INT));
  }

  /** A table of vectors, row by row. */
  public TinyOnnx table(String name, int rows, int width, float... values) {
    return table(name, rows, width, Precision.FP32, values);
  }

  /** The same in a number format; int8 are whole numbers. */
  public TinyOnnx table(String name, int rows, int width, Precision precision, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      switch (precision) {
        case FP32 -> bytes.putFloat(value);
        case BF16 -> bytes.putShort(Fp16Conversions.floatToBf16(value));
        case FP16 -> bytes.putShort(Fp16Conversions.floatToFp16(value));
        case INT8 -> bytes.put((byte) Math.round(value));
      }
    }
    graph.message(
        5,
        new Message()
            .number(1, rows)
            .number(1, width)
            .number(2, type(precision))
            .text(8, name)
            .measured(9, Arrays.copyOf(bytes.array(), bytes.position())));
    return this;
  }

  private static int type(Precision precision) {
    return switch (precision) {
      case FP32 -> FLOAT;
      case BF16 -> BFLOAT16;
      case FP16 -> FLOAT16;
      case INT8 -> INT8;
    };
  }

  /**
   * {@code [n, l]} of rows of a table to {@code [n, l, width]}; fails where there is no such row.
   */
  public TinyOnnx look(String table, String from, String to) {
    return node("Gather", List.of(table, from), to);
  }

  /** The same numbers; a batch of more rows than these asks for terabytes on the way. */
  public TinyOnnx hungry(String from, int rows, String to) {
    whole("most_rows", rows).whole("first", 0).whole("much", 1L << 40).whole("little", 1);
    return node("Shape", List.of(from), "shape")
        .node("Gather", List.of("shape", "first"), "rows")
        .node("Greater", List.of("rows", "most_rows"), "many")
        .node("Where", List.of("many", "much", "little"), "hunger")
        .node("ConstantOfShape", List.of("hunger"), "zeros")
        .node("ReduceSum", List.of("zeros"), "zero")
        .node("Add", List.of(from, "zero"), to);
  }

  /** A list of one whole number. */
  private TinyOnnx whole(String name, long value) {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value);
    graph.message(
        5, new Message().number(1, 1).number(2, INT64).text(8, name).measured(9, bytes.array()));
    return this;
  }

  /** A table of vectors whose numbers are in another file. */
  public TinyOnnx external(String name, int rows, int width, String location) {
    graph.message(
        5,
        new Message()
            .number(1, rows)
            .number(1, width)
            .number(2, FLOAT)
            .text(8, name)
            .message(13, new Message().text(1, "location").text(2, location))
            .number(14, 1));
    return this;
  }

  private TinyOnnx node(String operator, List<String> from, String to, Message... attributes) {
    return node(operator, from, List.of(to), attributes);
  }

  private TinyOnnx node(
      String operator, List<String> from, List<String> to, Message... attributes) {
    Message node = new Message();
    from.forEach(name -> node.text(1, name));
    to.forEach(name -> node.text(2, name));
    node.text(3, operator + "_" + to.get(0)).text(4, operator);
    for (Message attribute : attributes) {
      node.message(5, attribute);
    }
    graph.message(1, node);
    return this;
  }

  private static Message value(String name, int type, int axes) {
    Message shape = new Message();
    for (int axis = 0; axis < axes; axis++) {
      shape.message(1, new Message().text(2, name + "_" + axis));
    }
    Message tensor = new Message().number(1, type).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  public byte[] bytes() {
    return new Message()
        .number(1, 6)
        .message(7, graph)
        .message(8, new Message().number(2, operators))
        .bytes();
  }

  public void write(Path file) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A protobuf message under construction. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return measured(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return measured(field, value.bytes());
    }

    private Message measured(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      out.writeBytes(value);
      return this;
    }

    private void varint(long value) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        out.write((int) (rest & 0x7f | 0x80));
        rest >>>= 7;
      }
      out.write((int) rest);
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
