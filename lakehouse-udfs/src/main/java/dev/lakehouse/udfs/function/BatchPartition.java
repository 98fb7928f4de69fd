// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import dev.lakehouse.core.batch.Session;
import dev.lakehouse.udfs.TaskShare;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a user's function over a partition.
 *
 * <p>In: rows whose first columns are those that the function sees. Out, for each and in the same
 * order: the kept columns and those that the function declared. A function that throws fails the
 * task; a task that is tried again calls it again for its rows.
 */
final class BatchPartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(BatchPartition.class);

  private final FunctionSpec spec;
  private final StructType seen;
  private final StructType kept;
  private final String[] driverGpus;
  private final @Nullable BatchSum sum;

  /**
   * @param seen columns that the function sees
   * @param kept columns that go on
   * @param driverGpus GPUs of the driver where it is the executor too: Spark gives its tasks none
   * @param sum takes each task's figures
   */
  BatchPartition(
      FunctionSpec spec,
      StructType seen,
      StructType kept,
      List<String> driverGpus,
      @Nullable BatchSum sum) {
    this.spec = spec;
    this.seen = seen;
    this.kept = kept;
    this.driverGpus = driverGpus.toArray(String[]::new);
    this.sum = sum;
  }

  /** Names of the columns that come in: those that the function sees, then what is only kept. */
  static List<String> columns(StructType seen, StructType kept) {
    Set<String> names = new LinkedHashSet<>(List.of(seen.fieldNames()));
    names.addAll(List.of(kept.fieldNames()));
    return List.copyOf(names);
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return Collections.emptyIterator(); // an empty partition makes no instance
    }
    TaskContext task = TaskContext.get();
    BatchCutter batches =
        new BatchCutter(
            rows, plan(), "stage %d, partition %d".formatted(task.stageId(), task.partitionId()));
    MappedRows mapped =
        new MappedRows(
            batches,
            bound(kept).createDeserializer(),
            bound(BatchColumns.spark(spec.factory(), spec.outputSchema())).createDeserializer());
    // the class is found by the task's own loader, which knows jars that were added later
    FunctionClass type =
        FunctionClass.find(
            spec.factory(),
            Thread.currentThread().getContextClassLoader(),
            "the jars of this executor");
    Session<RowBatch, Answer> session =
        WarmFunctions.open(
            spec, type, gpus(task), () -> TaskShare.requireAlive(task, "a function"));
    // the iterator outlives this call; only the task knows when the last row was taken
    task.addTaskCompletionListener(
        (TaskCompletionListener) context -> close(task, session, mapped));
    return mapped.through(session);
  }

  private BatchCutter.Plan plan() {
    int[] places =
        Arrays.stream(kept.fieldNames()).mapToInt(columns(seen, kept)::indexOf).toArray();
    return new BatchCutter.Plan(bound(seen), bound(kept), places, spec.knobs());
  }

  private static ExpressionEncoder<Row> bound(StructType columns) {
    ExpressionEncoder<Row> encoder = ExpressionEncoder.apply(columns);
    return encoder.resolveAndBind(
        encoder.resolveAndBind$default$1(), encoder.resolveAndBind$default$2());
  }

  private List<String> gpus(TaskContext task) {
    List<String> given = TaskShare.gpus(task);
    return given.isEmpty() ? List.of(driverGpus) : given;
  }

  private void close(TaskContext task, Session<RowBatch, Answer> session, MappedRows mapped) {
    BatchFigures figures = new BatchFigures(mapped.answered(), session.figures());
    LOG.info(
        "{}, stage {} task {}: {} rows, {}",
        spec.factory(),
        task.stageId(),
        task.partitionId(),
        figures.rows(),
        figures.pump());
    if (sum != null) {
      sum.add(figures);
    }
    session.close();
  }
}
