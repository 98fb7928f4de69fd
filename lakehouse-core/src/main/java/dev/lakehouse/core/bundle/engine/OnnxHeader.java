// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import dev.lakehouse.core.bundle.description.Precision;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an ONNX file says about itself, read without loading it: its inputs and outputs, which files
 * it keeps weights in, what number format most weights have, and whether it quantises as it runs.
 *
 * <p>Reads the few fields of the protobuf that matter and skips the rest, so a file of gigabytes
 * costs one pass and no memory. Field numbers are those of {@code onnx.proto}.
 */
public final class OnnxHeader {
  private static final int FLOAT = 1;
  private static final int UINT8 = 2;
  private static final int INT8 = 3;
  private static final int FLOAT16 = 10;
  private static final int BFLOAT16 = 16;

  /**
   * Operators that choose a scale for everything that they are given at once, and those that only
   * follow one of them.
   */
  private static final Set<String> QUANTISE_AT_RUN =
      Set.of(
          "DynamicQuantizeLinear",
          "DynamicQuantizeMatMul",
          "DynamicQuantizeLSTM",
          "MatMulIntegerToFloat");

  private final List<OnnxInput> inputs = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private final Set<String> weights = new LinkedHashSet<>();
  private final Set<String> external = new LinkedHashSet<>();
  private final Map<Precision, Long> elements = new EnumMap<>(Precision.class);

  private boolean quantisesAtRun;

  private OnnxHeader() {}

  /** What a file says. */
  public static OnnxHeader read(Path network) throws IOException {
    return read(network, network.toString());
  }

  /**
   * What a copy of a file says.
   *
   * @param place where people find the file itself
   */
  public static OnnxHeader read(Path network, String place) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(network), 1 << 16)) {
      OnnxHeader header = new OnnxHeader();
      new ProtoReader(in, place).all(header::model);
      return header;
    }
  }

  /** What must be fed; old exports list their weights among the inputs too. */
  public List<OnnxInput> inputs() {
    return inputs.stream().filter(input -> !weights.contains(input.name())).toList();
  }

  /** Names of what comes out. */
  public List<String> outputs() {
    return List.copyOf(outputs);
  }

  /** Names of the files that weights are in, as the network spells them. */
  public Set<String> external() {
    return external;
  }

  /** The format of most weights. */
  public Precision precision() {
    return elements.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(Precision.FP32);
  }

  /** Whether numbers are quantised by the largest of their batch, so that items share a scale. */
  public boolean quantisesAtRun() {
    return quantisesAtRun;
  }

  /** Whether some of the weights have a format. */
  public boolean holds(Precision precision) {
    return elements.containsKey(precision);
  }

  private void model(ProtoReader proto, int field) throws IOException {
    switch (field) {
      case 7 -> proto.message(this::graph);
      case 25 -> proto.message(this::function);
      default -> proto.skip();
    }
  }

  private void function(ProtoReader proto, int field) throws IOException {
    if (field == 7) {
      proto.message(this::node);
    } else {
      proto.skip();
    }
  }

  private void graph(ProtoReader proto, int field) throws IOException {
    switch (field) {
      case 1 -> proto.message(this::node);
      case 5 -> proto.message(new Weights()::field);
      case 11 -> inputs.add(Value.read(proto).input());
      case 12 -> outputs.add(Value.read(proto).name);
      case 15 -> proto.message(this::sparse);
      default -> proto.skip();
    }
  }

  private void subgraph(ProtoReader proto, int field) throws IOException {
    switch (field) {
      case 1 -> proto.message(this::node);
      case 5 -> proto.message(new Weights()::field);
      case 15 -> proto.message(this::sparse);
      default -> proto.skip();
    }
  }

  private void node(ProtoReader proto, int field) throws IOException {
    switch (field) {
      case 4 -> quantisesAtRun |= QUANTISE_AT_RUN.contains(proto.text());
      case 5 -> proto.message(this::attribute);
      default -> proto.skip();
    }
  }

  private void attribute(ProtoReader proto, int field) throws IOException {
    switch (field) {
      case 5, 10 -> proto.message(new Weights()::field);
      case 6, 11 -> proto.message(this::subgraph);
      case 22, 23 -> proto.message(this::sparse);
      default -> proto.skip();
    }
  }

  private void sparse(ProtoReader proto, int field) throws IOException {
    if (field == 1 || field == 2) {
      proto.message(new Weights()::field);
    } else {
      proto.skip();
    }
  }

  /** An input or an output. */
  private static final class Value {
    private String name = "";
    private int type;
    private final List<Long> lengths = new ArrayList<>();

    public static Value read(ProtoReader proto) throws IOException {
      Value value = new Value();
      proto.message(value::field);
      return value;
    }

    OnnxInput input() {
      return new OnnxInput(name, type, lengths);
    }

    private void field(ProtoReader proto, int field) throws IOException {
      switch (field) {
        case 1 -> name = proto.text();
        case 2 -> proto.message(first(tensor -> tensor.message(this::tensor)));
        default -> proto.skip();
      }
    }

    private void tensor(ProtoReader proto, int field) throws IOException {
      switch (field) {
        case 1 -> type = (int) proto.number();
        case 2 -> proto.message(first(this::axis));
        default -> proto.skip();
      }
    }

    private void axis(ProtoReader proto) throws IOException {
      lengths.add(0L);
      proto.message(first(length -> lengths.set(lengths.size() - 1, length.number())));
    }

    /** Takes the first field of a message and skips the rest. */
    private static ProtoReader.Fields first(Step step) {
      return (proto, field) -> {
        if (field == 1) {
          step.take(proto);
        } else {
          proto.skip();
        }
      };
    }

    private interface Step {
      void take(ProtoReader proto) throws IOException;
    }
  }

  /** One tensor of weights. */
  private final class Weights {
    private long size = 1;

    void field(ProtoReader proto, int field) throws IOException {
      switch (field) {
        case 1 -> proto.numbers(dimension -> size *= Math.max(1, dimension));
        case 2 -> count((int) proto.number());
        case 8 -> weights.add(proto.text());
        case 13 -> external(proto);
        default -> proto.skip();
      }
    }

    private void count(int type) {
      switch (type) {
        case FLOAT -> elements.merge(Precision.FP32, size, Long::sum);
        case FLOAT16 -> elements.merge(Precision.FP16, size, Long::sum);
        case BFLOAT16 -> elements.merge(Precision.BF16, size, Long::sum);
        case UINT8, INT8 -> elements.merge(Precision.INT8, size, Long::sum);
        default -> {
          // indices and shapes say nothing about the format of the weights
        }
      }
    }

    private void external(ProtoReader proto) throws IOException {
      Map<Integer, String> entry = new LinkedHashMap<>();
      proto.message((inner, field) -> entry.put(field, inner.text()));
      if ("location".equals(entry.get(1))) {
        external.add(entry.getOrDefault(2, ""));
      }
    }
  }
}
