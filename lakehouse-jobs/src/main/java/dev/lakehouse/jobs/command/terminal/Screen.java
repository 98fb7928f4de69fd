// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.command.terminal;

import dev.lakehouse.jobs.command.option.CommonOptions;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.udfs.ItemsDone;
import java.io.PrintWriter;
import java.util.Optional;

/** Where a command tells people how the work goes: a terminal, or whatever reads lines. */
public final class Screen implements Progress, AutoCloseable {
  private final PrintWriter err;
  private final Optional<LiveLine> live;
  private final boolean verbose;

  private Screen(PrintWriter err, Optional<LiveLine> live, boolean verbose) {
    this.err = err;
    this.live = live;
    this.verbose = verbose;
  }

  public static Screen open(PrintWriter err, CommonOptions options) {
    return new Screen(
        err,
        Terminal.ofProcess()
            .map(each -> new LiveLine(err, each, ItemsDone::count, System::nanoTime).start()),
        options.verbose());
  }

  @Override
  public void say(String line) {
    if (live.isPresent()) {
      live.get().say(line);
    } else {
      err.println(line);
      err.flush();
    }
  }

  @Override
  public void detail(String line) {
    if (verbose) {
      say(line);
    }
  }

  @Override
  public void stage(String name) {
    live.ifPresent(line -> line.stage(name));
  }

  @Override
  public void reached(String stage, long done, long total) {
    live.ifPresent(line -> line.reached(stage, done, total));
  }

  /** Leaves no line behind that moves. */
  @Override
  public void close() {
    live.ifPresent(LiveLine::close);
  }
}
