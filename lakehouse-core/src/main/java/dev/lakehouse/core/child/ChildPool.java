// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Children that wait for questions: started when they are needed, used again, replaced when they
 * ended or have answered many. Whoever asks when all are busy waits for one.
 */
public final class ChildPool implements Closeable {
  /** A child that nobody asks anything gives its memory back. */
  private static final Duration IDLE = Duration.ofSeconds(60);

  private final ChildPoolOptions options;
  private final ChildCommand command;
  private final Semaphore free;
  private final Deque<Idle> idle = new ArrayDeque<>(); // the last one used is the warmest
  private boolean closed;

  private record Idle(ServingChild child, long since) {}

  /**
   * @param classPath of the children
   * @param main their main class, which speaks as {@link Frames} says
   */
  public ChildPool(ChildPoolOptions options, Supplier<List<Path>> classPath, String main) {
    this.options = options;
    this.command = new ChildCommand(classPath, main, options.heapBytes());
    this.free = new Semaphore(options.children(), true);
  }

  /**
   * Asks a child.
   *
   * @param maxAnswer bytes
   * @throws ItemException TIME_LIMIT, MEMORY_LIMIT, OUTPUT_LIMIT or DECODER_CRASHED
   * @throws dev.lakehouse.core.LakehouseException if no child comes up
   */
  public byte[] ask(byte[] question, int maxAnswer) throws ItemException {
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ItemException(ItemError.INTERNAL, "Given up while all that read were busy", e);
    }
    try {
      return askOne(question, maxAnswer);
    } finally {
      free.release();
    }
  }

  private byte[] askOne(byte[] question, int maxAnswer) throws ItemException {
    ServingChild child = waiting().orElseGet(() -> ServingChild.start(command));
    boolean good = false;
    try {
      byte[] answer = child.ask(question, options.perQuestion(), maxAnswer);
      good = true;
      return answer;
    } finally {
      if (good && child.asked() < options.questions()) {
        putBack(child);
      } else {
        child.close();
      }
    }
  }

  private synchronized Optional<ServingChild> waiting() {
    while (!idle.isEmpty()) {
      ServingChild child = idle.pop().child();
      if (child.isAlive()) {
        return Optional.of(child);
      }
      child.close(); // ended by somebody while it had nothing to do
    }
    return Optional.empty();
  }

  private synchronized void putBack(ServingChild child) {
    if (closed) {
      child.close();
      return;
    }
    idle.push(new Idle(child, System.nanoTime()));
    var unused = ChildDeadlines.after(IDLE.plusSeconds(1), this::endIdle);
  }

  private synchronized void endIdle() {
    long now = System.nanoTime();
    idle.removeIf(
        waiting -> {
          boolean old = now - waiting.since() >= TimeUnit.SECONDS.toNanos(IDLE.toSeconds());
          if (old) {
            waiting.child().close();
          }
          return old;
        });
  }

  /** Ends those that wait; one that is busy ends after its answer. */
  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(waiting -> waiting.child().close());
    idle.clear();
  }
}
