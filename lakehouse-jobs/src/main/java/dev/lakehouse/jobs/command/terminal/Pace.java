// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import java.util.Locale;

/**
 * How a stage moves.
 *
 * @param stage its name; empty for none
 * @param began when it began, in nanoseconds
 * @param done items that are known to be done
 * @param total items in all; negative where nobody knows
 * @param seen what this process had done by then
 * @param counted since when items come; {@link #NEVER} where none has come yet
 */
record Pace(String stage, long began, long done, long total, long seen, long counted) {
  private static final long NEVER = Long.MIN_VALUE;
  static final Pace NONE = new Pace("", 0, 0, -1, 0, NEVER);
  private static final double NANOS = 1e9;
  private static final long LEAST_NANOS = 1_000_000_000;

  /** The first items wait for a model and for the compiler, and say little of those to come. */
  private static final double LEAST_SHARE = 0.01;

  private static final long LONG_NANOS = 30_000_000_000L;
  private static final int MINUTE = 60;

  static Pace of(String stage, long now) {
    return new Pace(stage, now, 0, -1, 0, NEVER);
  }

  /** The same stage where some items are done; another one begins anew. */
  Pace reached(String name, long nowDone, long nowTotal, long seenNow, long now) {
    boolean same =
        name.equals(stage) || name.startsWith(stage + " ") || name.startsWith(stage + "/");
    long start = same && !stage.isEmpty() ? began : now;
    long since = nowDone > 0 && counted == NEVER ? start : counted;
    return new Pace(name, start, nowDone, nowTotal, seenNow, name.equals(stage) ? since : NEVER);
  }

  /** The same a moment later: the first item is noticed, since what was before it is no work. */
  Pace at(long seenNow, long now) {
    return counted == NEVER && total > 0 && doneNow(seenNow) > 0
        ? new Pace(stage, began, done, total, seen, now)
        : this;
  }

  /** Items that are done by now, of which those of this process are seen one by one. */
  private long doneNow(long seenNow) {
    return Math.min(total, done + Math.max(0, seenNow - seen));
  }

  /** Between 0 and 1; negative where nobody knows. */
  double share(long seenNow) {
    return total <= 0 ? -1 : doneNow(seenNow) / (double) total;
  }

  /** In words; empty where there is no stage. */
  String words(long seenNow, long now) {
    if (stage.isEmpty()) {
      return "";
    }
    String time = duration((now - began) / NANOS);
    if (total <= 0) {
      return "%s, %s".formatted(stage, time);
    }
    long reached = doneNow(seenNow);
    String how = "%s, %,d of %,d".formatted(stage, reached, total);
    return how + rate(reached, now) + ", " + time;
  }

  private String rate(long reached, long now) {
    long spent = now - counted;
    if (reached >= total) {
      return ", writing";
    }
    if (counted == NEVER || spent < LEAST_NANOS) {
      return "";
    }
    double rate = reached / (spent / NANOS);
    String words = String.format(Locale.ROOT, rate < 10 ? ", %.1f/s" : ", %,.0f/s", rate);
    boolean isTelling = reached >= LEAST_SHARE * total || spent >= LONG_NANOS;
    return isTelling ? words + ", %s left".formatted(duration((total - reached) / rate)) : words;
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < MINUTE) {
      return whole + " s";
    }
    return whole < MINUTE * MINUTE
        ? "%d min %02d s".formatted(whole / MINUTE, whole % MINUTE)
        : "%d h %02d min".formatted(whole / (MINUTE * MINUTE), whole / MINUTE % MINUTE);
  }
}
