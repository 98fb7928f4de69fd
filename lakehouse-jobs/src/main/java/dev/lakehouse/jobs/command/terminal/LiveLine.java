// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import dev.lakehouse.jobs.lake.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One line at the foot of a terminal that shows how far work has come, drawn anew five times a
 * second; what is said for good stands above it.
 */
final class LiveLine implements Progress, AutoCloseable {
  private static final int REDRAW_MILLIS = 200;
  private static final String ERASE = "\r\033[K";

  private final PrintWriter err;
  private final Terminal terminal;
  private final LongSupplier items;
  private final LongSupplier clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(LiveLine::thread);
  private Pace pace = Pace.NONE;
  private boolean drawn;

  /**
   * @param items how many items this process has done since it began, where it can tell
   * @param clock nanoseconds
   */
  LiveLine(PrintWriter err, Terminal terminal, LongSupplier items, LongSupplier clock) {
    this.err = err;
    this.terminal = terminal;
    this.items = items;
    this.clock = clock;
  }

  /** Begins to draw. */
  LiveLine start() {
    var unused =
        timer.scheduleAtFixedRate(this::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
    return this;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "lakehouse-live-line");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public synchronized void say(String line) {
    erase();
    int colon = line.indexOf(": ");
    err.println(colon > 0 ? terminal.good(line.substring(0, colon)) + line.substring(colon) : line);
    err.flush();
  }

  @Override
  public synchronized void stage(String name) {
    pace = Pace.of(name, clock.getAsLong());
  }

  @Override
  public synchronized void reached(String name, long done, long total) {
    pace = pace.reached(name, done, total, items.getAsLong(), clock.getAsLong());
  }

  /** Draws the line as it is now. */
  synchronized void draw() {
    pace = pace.at(items.getAsLong(), clock.getAsLong());
    String words = pace.words(items.getAsLong(), clock.getAsLong());
    if (!words.isEmpty()) {
      err.print(ERASE + bar() + shortened(words));
      err.flush();
      drawn = true;
    }
  }

  private String shortened(String words) {
    int room = Math.max(1, terminal.columns() - 1 - Bar.WIDTH);
    return words.length() <= room ? words : words.substring(0, room);
  }

  private String bar() {
    return terminal.faint(Bar.of(pace.share(items.getAsLong()), clock.getAsLong()));
  }

  private void erase() {
    if (drawn) {
      err.print(ERASE);
      drawn = false;
    }
  }

  @Override
  public synchronized void close() {
    timer.shutdownNow();
    pace = Pace.NONE;
    erase();
    err.flush();
  }

  /** The bar itself: how much is done, or that something moves. */
  private static final class Bar {
    private static final int CELLS = 20;
    static final int WIDTH = CELLS + 3;
    private static final long CELL_NANOS = 100_000_000;

    private Bar() {}

    static String of(double share, long nanos) {
      StringBuilder cells = new StringBuilder(" ".repeat(CELLS));
      if (share < 0) {
        long at = Math.floorMod(nanos / CELL_NANOS, CELLS - 2);
        cells.replace((int) at, (int) at + 3, "<=>");
      } else {
        int full = (int) Math.min(CELLS, Math.round(share * CELLS));
        cells.replace(0, full, "=".repeat(full));
        if (full < CELLS) {
          cells.setCharAt(full, '>');
        }
      }
      return "[%s] ".formatted(cells).toLowerCase(Locale.ROOT);
    }
  }
}
