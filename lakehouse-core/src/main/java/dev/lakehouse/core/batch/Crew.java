// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of one pump, and what they need to the last: it is closed by whichever of them leaves
 * last, so never under the hands of one.
 */
final class Crew {
  private static final Logger LOG = LoggerFactory.getLogger(Crew.class);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final String name;
  private final AutoCloseable resource;
  private final Consumer<Throwable> onDeath;
  private final Map<Runnable, Thread> threads = new HashMap<>();
  private int started;
  private int running;
  private boolean leaving;

  /**
   * @param name of the pump
   * @param resource closed once, after the last thread
   * @param onDeath hears what ended a thread that should have gone on
   */
  Crew(String name, AutoCloseable resource, Consumer<Throwable> onDeath) {
    this.name = name;
    this.resource = resource;
    this.onDeath = onDeath;
  }

  /** Starts a thread; {@code loop} says in its name what it does. */
  synchronized void start(Runnable loop) {
    if (leaving) {
      return;
    }
    String label = "lakehouse-pump %s %s-%d".formatted(name, loop, ++started);
    Thread thread = new Thread(() -> run(loop), label);
    thread.setDaemon(true);
    threads.put(loop, thread);
    running++;
    thread.start();
  }

  private void run(Runnable loop) {
    try {
      loop.run();
    } catch (Throwable e) {
      onDeath.accept(e);
    } finally {
      gone(loop);
    }
  }

  private void gone(Runnable loop) {
    boolean last;
    synchronized (this) {
      threads.remove(loop);
      running--;
      last = leaving && running == 0;
    }
    if (last) {
      var unused = Thread.interrupted(); // it told this thread to end, not what is closed
      close();
    }
  }

  /** Nobody waits for this one any more; it holds the resource until it returns. */
  synchronized void giveUp(Runnable loop) {
    threads.remove(loop);
  }

  /**
   * Waits until all have left, which they were told to; ten seconds at most.
   *
   * <p>Goes on waiting when interrupted: a task that is killed returns what it leased all the same.
   */
  void leave() {
    List<Thread> left;
    boolean nobody;
    synchronized (this) {
      if (leaving) {
        return;
      }
      leaving = true;
      left = new ArrayList<>(threads.values());
      nobody = running == 0;
    }
    if (nobody) {
      close();
    }
    boolean interrupted = Thread.interrupted();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    for (Thread thread : left) {
      interrupted |= join(thread, deadline);
    }
    left.removeIf(thread -> !thread.isAlive());
    if (!left.isEmpty()) {
      LOG.warn("Did not wait for {}, which keep what they use until they return", left);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether somebody interrupted the wait. */
  private static boolean join(Thread thread, long deadline) {
    boolean interrupted = false;
    while (thread.isAlive() && System.nanoTime() < deadline) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }

  /** Wakes threads that wait for storage, or for whatever else a step waits for. */
  synchronized void interrupt() {
    threads.values().forEach(Thread::interrupt);
  }

  private void close() {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.warn("Cannot close what the pump of {} used", name, e);
    }
  }
}
