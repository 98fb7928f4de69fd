// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.curate;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.batch.BatchShape;
import dev.lakehouse.core.batch.Pump;
import dev.lakehouse.core.batch.PumpLimits;
import dev.lakehouse.core.batch.PumpOptions;
import dev.lakehouse.core.batch.PumpThreads;
import dev.lakehouse.core.batch.Session;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.content.Content;
import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.curate.Outcomes;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.udfs.ItemsDone;
import dev.lakehouse.udfs.SparkColumns;
import dev.lakehouse.udfs.TaskShare;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.Queue;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * Measures the contents of a partition.
 *
 * <p>In: rows of {@link #INPUT}, each a text or a blob. Out, for each and in the same order: a row
 * of {@code measurements}, with figures or with what stood in their way. Whatever is wrong with a
 * content is a row, also one that takes too long; only a store that cannot be read, or whose bytes
 * do not match their names, fails the task.
 */
public final class MeasurePartition implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /**
   * What comes in: the digest of the content, the probe that measures it ({@link Probes}), and the
   * content as {@code assets} has it.
   */
  public static final StructType INPUT =
      StructType.fromDDL("sha256 STRING, probe STRING, text STRING, blob STRING, blob_uri STRING");

  /** Items that wait for each other, so that threads meet seldom. */
  private static final int TOGETHER = 32;

  private final Probes probes;
  private final Contents contents;
  private final Limits limits;
  private final Duration perItem;
  private final String run;

  /**
   * @param probes that measure
   * @param contents where blobs are read
   * @param limits on what is decoded
   * @param perItem how long reading and measuring one item may take
   * @param run that measures, for the rows
   */
  public MeasurePartition(
      Probes probes, Contents contents, Limits limits, Duration perItem, String run) {
    this.probes = requireNonNull(probes, "probes is null");
    this.contents = requireNonNull(contents, "contents is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.perItem = requireNonNull(perItem, "perItem is null");
    this.run = requireNonNull(run, "run is null");
  }

  @Override
  public Iterator<Row> call(Iterator<Row> inputs) {
    if (!inputs.hasNext()) {
      return Collections.emptyIterator();
    }
    TaskContext task = TaskContext.get();
    Outcomes outcomes = new Outcomes(probes, run);
    Session<MeasureInput, Measured> session =
        Pump.of(new MeasureSteps(probes, outcomes, contents, limits), options(), () -> {})
            .open(() -> requireAlive(task))
            .orElseThrow();
    if (task != null) { // the iterator outlives this call; only the task knows its last row
      task.addTaskCompletionListener((TaskCompletionListener) context -> session.close());
    }
    return new Rows(inputs, session, outcomes);
  }

  private static void requireAlive(@Nullable TaskContext task) {
    if (task != null) {
      TaskShare.requireAlive(task, "what measures");
    }
  }

  /** One thread measures while the task reads its rows; it is the one that may be given up. */
  private PumpOptions options() {
    return new PumpOptions(
        "measure",
        new PumpThreads(1, 0, 1),
        new BatchShape(TOGETHER, Long.MAX_VALUE, Long.MAX_VALUE, TOGETHER),
        new PumpLimits(Long.MAX_VALUE, Duration.ofMillis(50), perItem, perItem.multipliedBy(10)));
  }

  /** Rows in the order of their inputs. */
  private final class Rows implements Iterator<Row> {
    private final Queue<MeasureInput> submitted = new ArrayDeque<>(); // oldest first
    private final Session<MeasureInput, Measured> session;
    private final Outcomes outcomes;
    private final Iterator<Measured> measured;

    Rows(Iterator<Row> inputs, Session<MeasureInput, Measured> session, Outcomes outcomes) {
      this.session = session;
      this.outcomes = outcomes;
      this.measured = session.outcomes(new Inputs(inputs, submitted));
    }

    @Override
    public boolean hasNext() {
      boolean more = measured.hasNext();
      if (!more) {
        session.close();
      }
      return more;
    }

    @Override
    public Row next() {
      Measured outcome = taken();
      MeasureInput input = submitted.remove();
      ItemsDone.another();
      return SparkColumns.row(
          outcome instanceof Measured.Failed failed
              ? outcomes.failed(input.sha256(), input.probe(), failed.code(), failed.message())
              : ((Measured.Figures) outcome).row());
    }

    private Measured taken() {
      try {
        return measured.next();
      } catch (RuntimeException e) {
        session.close(); // whoever measures outside a task has nobody else to do it
        throw e;
      }
    }
  }

  private record Inputs(Iterator<Row> rows, Queue<MeasureInput> submitted)
      implements Iterator<MeasureInput> {
    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public MeasureInput next() {
      Row row = rows.next();
      Content content = Content.ofColumns(row.getString(2), row.getString(3), row.getString(4));
      MeasureInput input = new MeasureInput(row.getString(0), row.getString(1), content);
      submitted.add(input);
      return input;
    }
  }
}
