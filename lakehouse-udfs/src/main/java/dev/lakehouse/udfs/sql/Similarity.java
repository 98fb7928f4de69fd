// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.sql;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.collection.IndexedSeq;
import scala.collection.Seq;

/**
 * The cosine of two vectors of one encoder, -1 to 1; NULL where one of them is not there, lacks a
 * number, or has no direction.
 *
 * <p>Vectors of two encoders are refused: here where the query shows it, else with the first row.
 */
public final class Similarity extends Expression implements CodegenFallback, Serializable {
  static final String NAME = "mm_similarity";
  private static final long serialVersionUID = 1L;

  private final Expression left;
  private final Expression right;

  public Similarity(Expression left, Expression right) {
    this.left = requireNonNull(left, "left is null");
    this.right = requireNonNull(right, "right is null");
  }

  @Override
  public Seq<Expression> children() {
    return SeqOf.list(List.of(left, right));
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new Similarity(children.apply(0), children.apply(1));
  }

  @Override
  public boolean foldable() {
    return left.foldable() && right.foldable();
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    return Stream.of(left, right)
        .filter(side -> !isVector(side.dataType()))
        .findFirst()
        .map(side -> (TypeCheckResult) new TypeCheckResult.TypeCheckFailure(noVector(side)))
        .orElseGet(this::checkEncoders);
  }

  private static boolean isVector(DataType type) {
    return type instanceof NullType
        || (VectorType.encoderIn(type).isPresent() && VectorType.vectorIn(type).isPresent());
  }

  private static String noVector(Expression side) {
    return "%s compares vectors: expected a struct with encoder STRING and vector ARRAY<FLOAT> and"
            .formatted(NAME)
        + " found %s, of type %s. mm_embed_text and mm_embed_image make such structs; of a catalog,"
            .formatted(side.sql(), side.dataType().sql())
        + " named_struct('encoder', text_encoder, 'vector', text_vector) is one";
  }

  private TypeCheckResult checkEncoders() {
    if (left instanceof EmbedExpression one
        && right instanceof EmbedExpression other
        && !one.encoder().comparesWith().equals(other.encoder().comparesWith())) {
      return new TypeCheckResult.TypeCheckFailure(
          refusal(
              "%s (family %s)"
                  .formatted(one.encoder().comparesWith(), one.encoder().spec().family()),
              "%s (family %s)"
                  .formatted(other.encoder().comparesWith(), other.encoder().spec().family())));
    }
    return TypeCheckResult.TypeCheckSuccess$.MODULE$;
  }

  private static String refusal(String left, String right) {
    return ("Cannot compare vectors of two encoders: expected one and found %s on the left, %s on the"
            + " right. Their numbers have nothing to do with each other; embed both sides with the"
            + " same family and model")
        .formatted(left, right);
  }

  @Override
  public DataType dataType() {
    return DataTypes.DoubleType;
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public @Nullable Object eval(InternalRow row) {
    InternalRow a = (InternalRow) left.eval(row);
    InternalRow b = a == null ? null : (InternalRow) right.eval(row);
    if (a == null || b == null) {
      return null;
    }
    int vectorOfA = VectorType.vectorIn(left.dataType()).orElseThrow();
    int vectorOfB = VectorType.vectorIn(right.dataType()).orElseThrow();
    if (a.isNullAt(vectorOfA) || b.isNullAt(vectorOfB)) {
      return null;
    }
    requireOneEncoder(encoder(left, a), encoder(right, b));
    return cosine(a.getArray(vectorOfA), b.getArray(vectorOfB));
  }

  private static String encoder(Expression side, InternalRow struct) {
    UTF8String digest = struct.getUTF8String(VectorType.encoderIn(side.dataType()).orElseThrow());
    return digest == null ? "no encoder" : digest.toString();
  }

  private static void requireOneEncoder(String left, String right) {
    if (!left.equals(right) || left.equals("no encoder")) {
      throw LakehouseException.of(ErrorCode.CONFIG_INVALID, "%s", refusal(left, right));
    }
  }

  private static @Nullable Double cosine(ArrayData a, ArrayData b) {
    if (a.numElements() != b.numElements()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Cannot compare a vector of %d numbers with one of %d: expected the same. Both say that"
              + " they are of one encoder; one of them was cut or made by hand",
          a.numElements(),
          b.numElements());
    }
    double dot = 0;
    double ofA = 0;
    double ofB = 0;
    for (int i = 0; i < a.numElements(); i++) {
      if (a.isNullAt(i) || b.isNullAt(i)) {
        return null;
      }
      double x = a.getFloat(i);
      double y = b.getFloat(i);
      dot += x * y;
      ofA += x * x;
      ofB += y * y;
    }
    double norms = Math.sqrt(ofA) * Math.sqrt(ofB);
    return norms > 0 ? (Double) Math.max(-1, Math.min(1, dot / norms)) : null;
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public String prettyName() {
    return NAME;
  }

  @Override
  public int productArity() {
    return 2;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> left;
      case 1 -> right;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof Similarity;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Similarity that && left.equals(that.left) && right.equals(that.right);
  }

  @Override
  public int hashCode() {
    return super.hashCode(); // that of the product
  }
}
