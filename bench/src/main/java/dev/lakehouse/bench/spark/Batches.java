// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.spark;

import dev.lakehouse.bench.floor.Network;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The vectors of a partition, batch by batch. */
final class Batches<T> implements Iterator<float[]> {
  private static final int BATCH = 16;

  /** Opens a session. */
  interface Opening {
    Network open() throws Exception;
  }

  /** Turns a batch into vectors. */
  interface Step<T> {
    float[][] run(Network session, List<T> batch) throws Exception;
  }

  private final Iterator<T> rows;
  private final boolean eachBatch;
  private final Opening opening;
  private final Step<T> step;
  private final Queue<float[]> ready = new ArrayDeque<>();
  private @Nullable Network session;

  /**
   * @param eachBatch whether each batch opens a session of its own
   */
  Batches(Iterator<T> rows, boolean eachBatch, Opening opening, Step<T> step) {
    this.rows = rows;
    this.eachBatch = eachBatch;
    this.opening = opening;
    this.step = step;
  }

  static float[][] rows(float[] numbers, int count) {
    int width = numbers.length / count;
    float[][] rows = new float[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = Arrays.copyOfRange(numbers, i * width, (i + 1) * width);
    }
    return rows;
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || rows.hasNext();
  }

  @Override
  public float[] next() {
    if (ready.isEmpty() && !rows.hasNext()) {
      throw new NoSuchElementException();
    }
    if (ready.isEmpty()) {
      fill();
    }
    return ready.remove();
  }

  private void fill() {
    List<T> batch = new ArrayList<>();
    while (batch.size() < BATCH && rows.hasNext()) {
      batch.add(rows.next());
    }
    try {
      Network open = session == null ? opening.open() : session;
      session = open;
      ready.addAll(Arrays.asList(step.run(open, batch)));
      if (eachBatch || !rows.hasNext()) {
        open.close();
        session = null;
      }
    } catch (Exception e) {
      throw new IllegalStateException("A batch could not be run", e);
    }
  }
}
