// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** Which operations of {@link FaultFileSystem} go wrong, counted over the whole process. */
public final class Faults {

  /** How an operation goes wrong. */
  public enum Kind {
    /** It isn't done, or done in part, and says so. */
    FAIL,
    /** It is done, and the answer is lost. */
    LOSE_ANSWER,
    /** It is done late. */
    DELAY
  }

  /** What an operation does. */
  public enum Verb {
    OPEN,
    CREATE,
    CLOSE,
    RENAME,
    DELETE,
    MKDIR
  }

  /**
   * An operation.
   *
   * @param number 1, 2, 3, … of those that change something; 0 for reads
   * @param path where; the target of a rename
   */
  public record Operation(long number, Verb verb, String path) {
    @Override
    public String toString() {
      return verb.name().toLowerCase(Locale.ROOT) + " " + path;
    }
  }

  /** Something that the file system does. */
  @FunctionalInterface
  interface Act<T> {
    T now() throws IOException;
  }

  private static final long DELAY_MILLIS = 200;
  private static final List<Operation> DONE = new ArrayList<>();
  private static Predicate<Operation> struck = operation -> false;
  private static Kind kind = Kind.FAIL;
  private static int left;
  private static long count;

  private Faults() {}

  /** From now on nothing goes wrong; counting begins anew. */
  public static synchronized void none() {
    strike(operation -> false, Kind.FAIL, 0);
  }

  /** Counting begins anew, and the first operations that fit go wrong. */
  public static synchronized void strike(Predicate<Operation> which, Kind how, int times) {
    struck = which;
    kind = how;
    left = times;
    count = 0;
    DONE.clear();
  }

  /** The k-th operation that changes something goes wrong. */
  public static void strike(long k, Kind how) {
    strike(operation -> operation.number() == k, how, 1);
  }

  /** Everything that changed something since counting began. */
  public static synchronized List<Operation> done() {
    return List.copyOf(DONE);
  }

  /** How many operations are still to go wrong. */
  public static synchronized int left() {
    return left;
  }

  static <T> T around(Verb verb, String path, Act<T> act) throws IOException {
    return around(verb, path, act, () -> {});
  }

  /**
   * Does an operation, unless it is to go wrong.
   *
   * @param spoil what is left of an operation that fails
   */
  static <T> T around(Verb verb, String path, Act<T> act, Spoil spoil) throws IOException {
    Operation operation = next(verb, path);
    if (!strikes(operation)) {
      return act.now();
    }
    switch (kind) {
      case FAIL -> {
        spoil.now();
        throw new IOException("Injected: cannot " + operation);
      }
      case LOSE_ANSWER -> {
        act.now();
        throw new IOException("Injected: no answer to " + operation);
      }
      case DELAY -> sleep();
    }
    return act.now();
  }

  /** What a failed operation leaves. */
  @FunctionalInterface
  interface Spoil {
    void now() throws IOException;
  }

  private static synchronized Operation next(Verb verb, String path) {
    if (verb == Verb.OPEN) {
      return new Operation(0, verb, path);
    }
    Operation operation = new Operation(++count, verb, path);
    DONE.add(operation);
    return operation;
  }

  private static synchronized boolean strikes(Operation operation) {
    if (left == 0 || !struck.test(operation)) {
      return false;
    }
    left--;
    return true;
  }

  private static void sleep() {
    try {
      Thread.sleep(DELAY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
