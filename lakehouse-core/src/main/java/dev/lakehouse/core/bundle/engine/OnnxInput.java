// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import ai.djl.ndarray.types.DataType;
import dev.lakehouse.core.bundle.description.Checks;
import dev.lakehouse.core.bundle.description.Input;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An input as an ONNX file declares it.
 *
 * @param name the network's own
 * @param code of its number format in {@code onnx.proto}; 0 where the file says nothing
 * @param lengths of its axes; 0 where any length is taken
 */
public record OnnxInput(String name, int code, List<Long> lengths) {
  private static final Map<Integer, DataType> TYPES =
      Map.of(
          1, DataType.FLOAT32,
          6, DataType.INT32,
          7, DataType.INT64,
          9, DataType.BOOLEAN,
          10, DataType.FLOAT16);
  private static final Map<Integer, String> OTHERS =
      Map.of(
          2,
          "uint8",
          3,
          "int8",
          4,
          "uint16",
          5,
          "int16",
          8,
          "string",
          11,
          "float64",
          12,
          "uint32",
          13,
          "uint64",
          16,
          "bfloat16");
  private static final Set<DataType> REAL = EnumSet.of(DataType.FLOAT32, DataType.FLOAT16);
  private static final Set<DataType> WHOLE = EnumSet.of(DataType.INT64, DataType.INT32);
  private static final Set<DataType> MARKS =
      EnumSet.of(
          DataType.INT64, DataType.INT32, DataType.BOOLEAN, DataType.FLOAT32, DataType.FLOAT16);

  public OnnxInput {
    lengths = List.copyOf(lengths);
  }

  /** The number format, if it is one that can be written. */
  Optional<DataType> type() {
    return Optional.ofNullable(TYPES.get(code));
  }

  /** How many items or positions an axis is fixed at; empty where any number is taken. */
  public OptionalLong fixed(int axis) {
    return axis < lengths.size() && lengths.get(axis) > 0
        ? OptionalLong.of(lengths.get(axis))
        : OptionalLong.empty();
  }

  /**
   * Refuses a number format that nothing of ours can be written in.
   *
   * @param file the network, for people
   */
  public void requireTaken(String file, Input role) {
    Set<DataType> taken =
        switch (role) {
          case PIXELS, MEL -> REAL;
          case ATTENTION_MASK -> MARKS;
          case TOKEN_IDS, TOKEN_TYPES, POSITIONS -> WHOLE;
        };
    Checks.check(
        code == 0 || type().filter(taken::contains).isPresent(),
        "input %s of %s takes %s: expected %s. Export the network with such an input",
        name,
        file,
        word(),
        taken.stream()
            .map(type -> type.name().toLowerCase(Locale.ROOT))
            .sorted()
            .collect(Collectors.joining(" or ")));
  }

  private String word() {
    return type()
        .map(type -> type.name().toLowerCase(Locale.ROOT))
        .orElseGet(() -> OTHERS.getOrDefault(code, "numbers of ONNX type " + code));
  }

  /** As people read it: format and axes. */
  @Override
  public String toString() {
    return "%s %s %s"
        .formatted(
            name,
            word(),
            lengths.stream()
                .map(length -> length > 0 ? String.valueOf(length) : "any")
                .collect(Collectors.joining(", ", "[", "]")));
  }
}
