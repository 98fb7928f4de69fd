// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Holds what a function returns against what it declared. */
final class AnswerCheck {
  private final String function;
  private final Schema declared;

  AnswerCheck(String function, Schema declared) {
    this.function = function;
    this.declared = declared;
  }

  /**
   * The answer, if it is one.
   *
   * @param former what it returned the time before, null at first
   */
  VectorSchemaRoot checked(
      RowBatch batch, @Nullable VectorSchemaRoot answer, @Nullable VectorSchemaRoot former) {
    if (answer == null) {
      throw wrong(batch, "null", "a VectorSchemaRoot with " + declared);
    }
    if (answer == former) {
      throw wrong(
          batch,
          "the VectorSchemaRoot of a batch before (it is closed by now)",
          "a new one for each call");
    }
    int rows = batch.rows().size();
    if (answer.getRowCount() != rows) {
      throw wrong(
          batch,
          "%d rows".formatted(answer.getRowCount()),
          "%d, one for each row of the batch; setRowCount says how many there are".formatted(rows));
    }
    List<Field> fields = declared.getFields();
    List<FieldVector> vectors = answer.getFieldVectors();
    if (vectors.size() != fields.size()) {
      throw wrong(
          batch,
          "%d columns %s".formatted(vectors.size(), answer.getSchema()),
          "the %d declared ones %s".formatted(fields.size(), declared));
    }
    for (int i = 0; i < fields.size(); i++) {
      check(batch, i, fields.get(i), vectors.get(i));
    }
    return answer;
  }

  private void check(RowBatch batch, int index, Field expected, FieldVector vector) {
    Field found = vector.getField();
    if (!expected.getName().equals(found.getName()) || !sameType(expected, found)) {
      throw wrong(
          batch,
          "column %d as '%s'%s"
              .formatted(index, found, found.getDictionary() == null ? "" : " with a dictionary"),
          "'%s' as declared".formatted(expected));
    }
    int rows = batch.rows().size();
    if (vector.getValueCount() != rows) {
      throw wrong(
          batch,
          "%d values in column '%s'".formatted(vector.getValueCount(), found.getName()),
          "%d; setValueCount says how many there are".formatted(rows));
    }
    if (!expected.isNullable() && vector.getNullCount() > 0) {
      throw wrong(
          batch,
          "%d nulls in column '%s'".formatted(vector.getNullCount(), found.getName()),
          "none, since the column is declared not nullable");
    }
  }

  /** Whether values are alike; names count inside of structs only, nullability nowhere. */
  private static boolean sameType(Field expected, Field found) {
    List<Field> inner = expected.getChildren();
    if (!expected.getType().equals(found.getType())
        || found.getDictionary() != null
        || inner.size() != found.getChildren().size()) {
      return false;
    }
    boolean named = expected.getType() instanceof ArrowType.Struct;
    for (int i = 0; i < inner.size(); i++) {
      Field child = found.getChildren().get(i);
      if (!sameType(inner.get(i), child)
          || (named && !inner.get(i).getName().equals(child.getName()))) {
        return false;
      }
    }
    return true;
  }

  private LakehouseException wrong(RowBatch batch, String found, String expected) {
    return LakehouseException.of(
        ErrorCode.FUNCTION_FAILED,
        "Function %s returned %s for %s; expected %s. Change the function, or what it declares",
        function,
        found,
        batch.place(),
        expected);
  }
}
