// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.sql;

import dev.lakehouse.core.batch.Session;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.EmbedOutcome;
import dev.lakehouse.udfs.embed.TaskPump;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.util.TaskCompletionListener;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a partition with their vectors, as they are asked for; the pump reads a little ahead.
 *
 * <p>Rows wait in the order in which they came. Those without input cost the pump nothing and so
 * would let it read ahead without end: after many of them in a row it is left, and joined again
 * with the next input.
 */
final class RowsWithVectors implements Iterator<InternalRow> {
  private static final int MAX_BLANKS = 1024;

  /** A row that waits. */
  private record Waiting(InternalRow row, boolean isBlank) {}

  private final Iterator<InternalRow> rows;
  private final RowCodec codec;
  private final SQLMetric embedded;
  private final TaskContext task;
  private final Queue<Waiting> waiting = new ArrayDeque<>();
  private @Nullable EmbedInput next; // of the row that came last, until it is submitted
  private @Nullable InternalRow nextRow;
  private @Nullable Session<EmbedInput, EmbedOutcome> session;
  private @Nullable Iterator<EmbedOutcome> outcomes;

  RowsWithVectors(
      Iterator<InternalRow> rows, RowCodec codec, SQLMetric embedded, TaskContext task) {
    this.rows = rows;
    this.codec = codec;
    this.embedded = embedded;
    this.task = task;
    // the iterator outlives the call; only the task knows when the last row was taken
    task.addTaskCompletionListener((TaskCompletionListener) context -> leave());
  }

  @Override
  public boolean hasNext() {
    if (!waiting.isEmpty() || next != null) {
      return true;
    }
    if (outcomes != null && outcomes.hasNext()) {
      return true;
    }
    return !waiting.isEmpty() || rows.hasNext();
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    embedded.add(1);
    while (true) {
      Waiting oldest = waiting.peek();
      if (oldest != null && oldest.isBlank) {
        return codec.without(waiting.remove().row);
      }
      if (outcomes != null && outcomes.hasNext()) {
        Waiting soon = waiting.peek(); // what was asked just now may have found blanks
        if (soon == null || !soon.isBlank) {
          EmbedOutcome outcome = outcomes.next();
          return codec.with(waiting.remove().row, outcome);
        }
      } else if (waiting.isEmpty()) {
        Optional<InternalRow> blank = beforeTheNextInput();
        if (blank.isPresent()) {
          return codec.without(blank.get());
        }
      }
    }
  }

  /** A row that needs no pump; joins it where the next one does. */
  private Optional<InternalRow> beforeTheNextInput() {
    leave();
    if (next == null) {
      InternalRow row = rows.next();
      Optional<EmbedInput> input = codec.input(row);
      if (input.isEmpty()) {
        return Optional.of(row);
      }
      next = input.get();
      nextRow = row.copy();
    }
    TaskPump pump = TaskPump.open(codec.encoder().spec(), codec.encoder().options(), task);
    session = pump.session();
    outcomes = session.outcomes(new Inputs());
    return Optional.empty();
  }

  private void leave() {
    if (session != null) {
      session.close();
      session = null;
      outcomes = null;
    }
  }

  /** Inputs as they are submitted, up to the end or too many rows without any. */
  private final class Inputs implements Iterator<EmbedInput> {
    private boolean ended;

    @Override
    public boolean hasNext() {
      int blanks = 0;
      while (next == null && !ended) {
        if (blanks == MAX_BLANKS || !rows.hasNext()) {
          ended = true;
        } else {
          InternalRow row = rows.next().copy(); // Spark uses its row again
          next = codec.input(row).orElse(null);
          nextRow = row;
          if (next == null) {
            waiting.add(new Waiting(row, true));
            blanks++;
          }
        }
      }
      return next != null;
    }

    @Override
    public EmbedInput next() {
      EmbedInput input = next;
      InternalRow row = nextRow;
      if (input == null || row == null) {
        throw new NoSuchElementException();
      }
      waiting.add(new Waiting(row, false));
      next = null;
      return input;
    }
  }
}
