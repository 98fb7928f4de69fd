// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One instance of a function, and the Arrow memory around it; used by one thread at a time. */
final class Instance {
  private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

  private final String name;
  private final String device;
  private final BatchFunction function;
  private final BufferAllocator own;
  private final Schema input;
  private final AnswerCheck check;
  private final UnsafeProjection toRow;
  private @Nullable VectorSchemaRoot former;

  /**
   * @param device that it was made for
   * @param own memory that the function keeps between batches; closed with it
   */
  Instance(FunctionSpec spec, String device, BatchFunction function, BufferAllocator own) {
    this.name = spec.factory();
    this.device = device;
    this.function = function;
    this.own = own;
    this.input = spec.inputSchema();
    Schema declared = spec.outputSchema();
    this.check = new AnswerCheck(name, declared);
    this.toRow = UnsafeProjection.create(BatchColumns.spark(name, declared));
  }

  String device() {
    return device;
  }

  /**
   * Hands a batch to the function and takes its answer in.
   *
   * @param memory of which the batch and the answer are made
   * @throws LakehouseException if it throws, if the answer is not what was declared, or if it keeps
   *     memory that was for the answer
   */
  List<UnsafeRow> apply(RowBatch batch, BufferAllocator memory) {
    BufferAllocator call = memory.newChildAllocator("a batch of " + name, 0, Long.MAX_VALUE);
    try {
      List<UnsafeRow> rows = answered(batch, call);
      if (call.getAllocatedMemory() > 0) {
        throw LakehouseException.of(
            ErrorCode.FUNCTION_FAILED,
            "Function %s kept %d bytes of the allocator that it was given for %s. Close what is not"
                + " part of the answer; what lives longer comes from the context's allocator",
            name,
            call.getAllocatedMemory(),
            batch.place());
      }
      return rows;
    } finally {
      close(name, call);
    }
  }

  private List<UnsafeRow> answered(RowBatch batch, BufferAllocator memory) {
    VectorSchemaRoot answer = null;
    try (VectorSchemaRoot columns = VectorSchemaRoot.create(input, memory)) {
      ArrowWriter writer = ArrowWriter.create(columns);
      batch.rows().forEach(writer::write);
      writer.finish();
      answer = function.apply(columns, memory);
      former = check.checked(batch, answer, former);
      return rows(former);
    } catch (LakehouseException e) {
      throw e;
    } catch (Throwable e) {
      throw LakehouseException.because(
          Retold.of(e),
          ErrorCode.FUNCTION_FAILED,
          "Function %s failed on %s: %s",
          name,
          batch.place(),
          e);
    } finally {
      if (answer != null) {
        answer.close();
      }
    }
  }

  private List<UnsafeRow> rows(VectorSchemaRoot answer) {
    List<ColumnVector> columns = new ArrayList<>();
    for (FieldVector vector : answer.getFieldVectors()) {
      columns.add(new ArrowColumnVector(vector));
    }
    ColumnarBatch batch =
        new ColumnarBatch(columns.toArray(ColumnVector[]::new), answer.getRowCount());
    List<UnsafeRow> rows = new ArrayList<>(answer.getRowCount());
    for (Iterator<InternalRow> all = batch.rowIterator(); all.hasNext(); ) {
      rows.add(toRow.apply(all.next()).copy());
    }
    return rows; // the batch is not closed: its vectors are the answer's
  }

  /** Ends the function; what goes wrong meanwhile is logged, since its work is done. */
  void close() {
    try {
      function.close();
    } catch (Throwable e) {
      LOG.warn("Function {} could not be closed", name, e);
    }
    close(name, own);
  }

  /** Closes memory; what was left in it is lost, which is logged. */
  static void close(String function, BufferAllocator memory) {
    try {
      memory.close();
    } catch (IllegalStateException e) {
      LOG.warn("Function {} left Arrow memory behind: {}", function, e.getMessage());
    }
  }
}
