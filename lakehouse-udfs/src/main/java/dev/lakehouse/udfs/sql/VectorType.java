// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.sql;

import dev.lakehouse.core.embed.EmbedOutcome;
import java.util.OptionalInt;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * How a vector travels: a struct of the numbers and the digest of the encoder whose vectors they
 * compare with; where there are none, of the code of what stood in the way.
 */
final class VectorType {
  static final String ENCODER = "encoder";
  static final String VECTOR = "vector";

  /** What the functions give. */
  static final StructType TYPE =
      new StructType(
          new StructField[] {
            new StructField(ENCODER, DataTypes.StringType, false, Metadata.empty()),
            new StructField(
                VECTOR, new ArrayType(DataTypes.FloatType, false), true, Metadata.empty()),
            new StructField("error_code", DataTypes.StringType, true, Metadata.empty())
          });

  private VectorType() {}

  /** What became of an input. */
  static InternalRow of(UTF8String encoder, EmbedOutcome outcome) {
    @Nullable Object vector =
        outcome.vector().map(UnsafeArrayData::fromPrimitiveArray).orElse(null);
    @Nullable Object code =
        outcome.failure().map(failed -> UTF8String.fromString(failed.code().name())).orElse(null);
    return new GenericInternalRow(new @Nullable Object[] {encoder, vector, code});
  }

  /** Where the digest stands in a struct that holds a vector; empty where it holds none. */
  static OptionalInt encoderIn(DataType type) {
    return field(type, ENCODER, DataTypes.StringType);
  }

  /** Where the numbers stand in a struct that holds a vector; empty where it holds none. */
  static OptionalInt vectorIn(DataType type) {
    OptionalInt whole = field(type, VECTOR, new ArrayType(DataTypes.FloatType, false));
    return whole.isPresent()
        ? whole
        : field(type, VECTOR, new ArrayType(DataTypes.FloatType, true));
  }

  private static OptionalInt field(DataType type, String name, DataType expected) {
    if (type instanceof StructType struct) {
      StructField[] fields = struct.fields();
      for (int i = 0; i < fields.length; i++) {
        if (fields[i].name().equalsIgnoreCase(name) && fields[i].dataType().equals(expected)) {
          return OptionalInt.of(i);
        }
      }
    }
    return OptionalInt.empty();
  }
}
