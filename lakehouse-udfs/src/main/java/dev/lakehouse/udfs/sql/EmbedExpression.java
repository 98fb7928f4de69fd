// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.sql;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.DeviceChoice;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.Encoder;
import dev.lakehouse.core.embed.WarmEncoders;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.analysis.TypeCheckResult;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Unevaluable;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenContext;
import org.apache.spark.sql.catalyst.expressions.codegen.CodegenFallback;
import org.apache.spark.sql.catalyst.expressions.codegen.ExprCode;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.collection.IndexedSeq;
import scala.collection.Seq;

/**
 * The vector of a text or picture, as it stands in a query. {@link EmbedInBatches} takes it out of
 * wherever rows come many at a time; of a constant Spark makes one vector before anything runs.
 *
 * <p>It says that it cannot be evaluated, which keeps the optimizer from going through local rows
 * one by one in the driver; it can.
 */
public final class EmbedExpression extends Expression
    implements Unevaluable, CodegenFallback, Serializable {
  private static final long serialVersionUID = 1L;

  private final String function;
  private final SqlEncoder encoder;
  private final Expression child;
  private transient @Nullable Answer last; // a subquery gives each row the same

  /** What an input became. */
  private record Answer(Object input, InternalRow vector) {}

  public EmbedExpression(String function, SqlEncoder encoder, Expression child) {
    this.function = requireNonNull(function, "function is null");
    this.encoder = requireNonNull(encoder, "encoder is null");
    this.child = requireNonNull(child, "child is null");
  }

  String function() {
    return function;
  }

  SqlEncoder encoder() {
    return encoder;
  }

  Expression child() {
    return child;
  }

  @Override
  public Seq<Expression> children() {
    return SeqOf.list(List.of(child));
  }

  @Override
  public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
    return new EmbedExpression(function, encoder, children.apply(0));
  }

  @Override
  public TypeCheckResult checkInputDataTypes() {
    boolean isText = encoder.spec().tower().equals(Tower.TEXT);
    DataType found = child.dataType();
    boolean fits =
        found instanceof NullType
            || (isText ? found instanceof StringType : found instanceof BinaryType);
    return fits
        ? TypeCheckResult.TypeCheckSuccess$.MODULE$
        : new TypeCheckResult.TypeCheckFailure(
            "%s takes %s: expected %s and found %s, of type %s. %s"
                .formatted(
                    function,
                    isText ? "a text" : "the bytes of a picture file",
                    isText ? "STRING" : "BINARY",
                    child.sql(),
                    found.sql(),
                    isText
                        ? "Write CAST(… AS STRING)"
                        : "The format binaryFile reads files as bytes, in its column content"));
  }

  @Override
  public DataType dataType() {
    return VectorType.TYPE;
  }

  @Override
  public boolean nullable() {
    return true;
  }

  @Override
  public boolean foldable() {
    return child.foldable();
  }

  /** What an encoder is given for a value of the child. */
  static EmbedInput input(Object value) {
    return value instanceof UTF8String text
        ? EmbedInput.text(text.toString())
        : EmbedInput.image((byte[]) value);
  }

  /** One by one, and on the CPU: a device would wait longer for its model. */
  @Override
  public @Nullable Object eval(InternalRow row) {
    Object value = child.eval(row);
    if (value == null) {
      return null;
    }
    Answer known = last;
    if (known == null || !Objects.deepEquals(known.input, value)) {
      Object kept = value instanceof UTF8String text ? text.clone() : value; // rows are used again
      known = new Answer(kept, embedded(kept));
      last = known;
    }
    return known.vector;
  }

  private InternalRow embedded(Object value) {
    WarmEncoders.limit(encoder.options().warmBytes());
    try (Lease<Encoder> warm = WarmEncoders.lease(encoder.spec(), DeviceChoice.CPU)) {
      return VectorType.of(
          UTF8String.fromString(encoder.comparesWith()),
          warm.value().encode(List.of(input(value))).get(0));
    }
  }

  @Override
  public ExprCode doGenCode(CodegenContext context, ExprCode code) {
    return CodegenFallback.super.doGenCode(context, code);
  }

  @Override
  public String prettyName() {
    return function;
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> function;
      case 1 -> encoder;
      case 2 -> child;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof EmbedExpression;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EmbedExpression that
        && function.equals(that.function)
        && encoder.equals(that.encoder)
        && child.equals(that.child);
  }

  @Override
  public int hashCode() {
    return super.hashCode(); // that of the product
  }

  @Override
  public String toString() {
    return function + "(" + child + ")";
  }
}
