// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.sql;

import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EmbedOutcome;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/** Reads of a row what is embedded, and writes rows with what became of it. Of one task. */
final class RowCodec {
  private final SqlEncoder encoder;
  private final UTF8String comparesWith;
  private final DataType type;
  private final UnsafeProjection read;
  private final UnsafeProjection write;
  private final JoinedRow both = new JoinedRow();

  RowCodec(EmbedExpression embedding, Seq<Attribute> input, Seq<Attribute> output) {
    this.encoder = embedding.encoder();
    this.comparesWith = UTF8String.fromString(encoder.comparesWith());
    this.type = embedding.child().dataType();
    this.read = UnsafeProjection.create(SeqOf.<Expression>list(List.of(embedding.child())), input);
    this.write = UnsafeProjection.create(SeqOf.<Expression>list(SeqOf.java(output)), output);
  }

  SqlEncoder encoder() {
    return encoder;
  }

  /** What there is to embed; empty where it is NULL. */
  Optional<EmbedInput> input(InternalRow row) {
    return Optional.ofNullable(read.apply(row).get(0, type)).map(EmbedExpression::input);
  }

  /** The row with its vector, or with what stood in the way. */
  UnsafeRow with(InternalRow row, EmbedOutcome outcome) {
    return joined(row, VectorType.of(comparesWith, outcome));
  }

  /** The row with NULL. */
  UnsafeRow without(InternalRow row) {
    return joined(row, null);
  }

  private UnsafeRow joined(InternalRow row, @Nullable InternalRow vector) {
    return write.apply(both.apply(row, new GenericInternalRow(new @Nullable Object[] {vector})));
  }
}
