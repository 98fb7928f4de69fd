// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A command under way in a process of its own, which does not outlive this one.
 *
 * @param process to be killed, or waited for
 * @param log what it says on standard error
 * @param scratch its folder for temporary files, which a killed process cannot remove
 * @param reaper kills it where this process ends first
 */
record ChildProcess(Process process, Path log, Path scratch, Thread reaper)
    implements AutoCloseable {
  /** The exit code of a process that SIGKILL ended. */
  static final int KILLED = 137;

  private static final Duration PATIENCE = Duration.ofMinutes(20);

  static ChildProcess of(Process process, Path log, Path scratch) {
    Thread reaper = new Thread(process::destroyForcibly, "lakehouse-reaper");
    Runtime.getRuntime().addShutdownHook(reaper);
    return new ChildProcess(process, log, scratch, reaper);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it as the kernel would, without a last word. */
  void kill() {
    process.destroyForcibly();
  }

  /** Waits for its end and returns its exit code. */
  int await() {
    try {
      if (!process.waitFor(PATIENCE.toMinutes(), TimeUnit.MINUTES)) {
        throw LakehouseException.of(
            ErrorCode.UNEXPECTED,
            "A command hangs: expected its end within %d minutes. Its log is %s",
            PATIENCE.toMinutes(),
            log);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a command was under way", e);
    }
  }

  /** Makes sure of its end and takes its temporary files away. */
  @Override
  public void close() {
    kill();
    try {
      process.waitFor();
      Runtime.getRuntime().removeShutdownHook(reaper);
      LocalFolder.remove(scratch);
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot remove scratch files in %s: %s", scratch, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
