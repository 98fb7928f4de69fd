// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * How many threads Lance computes with, and how many workers build a full-text index.
 *
 * <p>Each worker writes what it built by a task that holds one thread of the pool while it waits
 * for room in a queue; the queue is emptied by tasks that need a thread of the same pool. So a
 * build ends only where the pool has more threads than there are workers. Lance itself takes as
 * many of one as of the other on small machines, and both from the environment.
 *
 * @param pool threads
 * @param workers of a full-text index; fewer than threads
 * @param refused what the environment asks for and does not get; empty if nothing
 */
public record LanceThreads(int pool, int workers, Optional<String> refused) {
  /** Each worker holds up to two GiB before it writes: more of them are no faster for it. */
  private static final int MOST_WORKERS = 8;

  private static final int MOST = 1024;

  static final String POOL = "LANCE_CPU_THREADS";
  static final String WORKERS = "LANCE_FTS_NUM_SHARDS";

  public LanceThreads {
    if (workers < 1 || pool <= workers) {
      throw new IllegalArgumentException(
          "%d threads for %d workers would wait for each other".formatted(pool, workers));
    }
  }

  /** What the library was told in this JVM, loading it where it is not loaded yet. */
  public static LanceThreads inForce() {
    return LanceLibrary.require();
  }

  /** How a user sets them in the environment. */
  public String assignment() {
    return "%s=%d %s=%d".formatted(POOL, pool, WORKERS, workers);
  }

  /**
   * The numbers for a machine.
   *
   * @param pool what the environment says, if anything
   * @param workers the same
   */
  static LanceThreads of(int processors, Optional<String> pool, Optional<String> workers) {
    int someWorkers = Math.min(Math.max(1, processors / 2), MOST_WORKERS);
    LanceThreads own =
        new LanceThreads(Math.max(processors, someWorkers + 1), someWorkers, Optional.empty());
    OptionalInt threads = number(pool, 2);
    OptionalInt shards = number(workers, 1);
    boolean understood =
        threads.isPresent() == pool.isPresent() && shards.isPresent() == workers.isPresent();
    int most = threads.orElse(Math.max(own.pool, shards.orElse(0) + 1));
    int least = shards.orElse(Math.min(own.workers, most - 1));
    return understood && most > least
        ? new LanceThreads(most, least, Optional.empty())
        : new LanceThreads(own.pool, own.workers, Optional.of(refusal(pool, workers)));
  }

  private static OptionalInt number(Optional<String> value, int least) {
    try {
      return value.isEmpty()
          ? OptionalInt.empty()
          : OptionalInt.of(within(Integer.parseInt(value.get()), least));
    } catch (NumberFormatException e) {
      return OptionalInt.empty();
    }
  }

  private static int within(int number, int least) {
    if (number < least || number > MOST) {
      throw new NumberFormatException();
    }
    return number;
  }

  private static String refusal(Optional<String> pool, Optional<String> workers) {
    return "%s is %s and %s is %s: expected more threads than workers"
        .formatted(
            POOL,
            pool.map("'%s'"::formatted).orElse("not set"),
            WORKERS,
            workers.map("'%s'"::formatted).orElse("not set"));
  }
}
