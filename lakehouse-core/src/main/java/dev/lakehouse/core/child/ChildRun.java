// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A child process at work: its answer is read by whoever started it, what it writes beside is read
 * by a thread of its own, so that neither pipe ever fills, and a watch ends it at its limits.
 */
final class ChildRun implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final Duration TO_SAY_GOODBYE = Duration.ofSeconds(10);

  private final Process process;
  private final ChildLimits limits;
  private final MeteredInput answer;
  private final Complaints complaints;
  private final Thread drain;
  private final AutoCloseable watch;
  private volatile String endedFor = ""; // why it was ended, if it was

  ChildRun(Process process, ChildLimits limits, Consumer<String> complaint) {
    this.process = process;
    this.limits = limits;
    this.answer = new MeteredInput(process.getInputStream(), limits.outputBytes());
    this.complaints = new Complaints(complaint);
    this.drain = new Thread(this::drain, "lakehouse-child-complaints");
    drain.setDaemon(true);
    drain.start();
    this.watch = ChildWatch.over(this);
  }

  /**
   * Reads its answer, then lets it end.
   *
   * @throws ItemException of the reader, or TIME_LIMIT or OUTPUT_LIMIT
   */
  <T> T read(Command.Answer<T> reader) throws ItemException {
    T value;
    try {
      value = reader.read(answer);
      answer.drain();
    } catch (IOException e) {
      throwIfEnded();
      if (answer.isOverfull()) {
        throw new ItemException(ItemError.OUTPUT_LIMIT, String.valueOf(e.getMessage()), e);
      }
      throw new UncheckedIOException(e);
    }
    throwIfEnded();
    return value;
  }

  /** Waits for its end, which the watch brings if nothing else does. */
  int exit() throws ItemException {
    try {
      int exit = process.waitFor();
      throwIfEnded();
      drain.join(TO_SAY_GOODBYE.toMillis());
      return exit;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ItemException(ItemError.INTERNAL, "Interrupted while a child worked", e);
    }
  }

  /** The last of what it wrote beside its answer. */
  String complaints() {
    return complaints.last();
  }

  /** Ends it if it is over one of its limits. */
  void check(long startedNanos, long nowNanos) {
    if (nowNanos - startedNanos > limits.item().toNanos()) {
      end("It took more than %d s".formatted(limits.item().toSeconds()));
    } else if (answer.silentNanos(nowNanos) > limits.stall().toNanos()
        && complaints.silentNanos(nowNanos) > limits.stall().toNanos()) {
      end("Its decoder said nothing for %d s".formatted(limits.stall().toSeconds()));
    }
  }

  private void end(String why) {
    endedFor = why;
    process.destroyForcibly();
  }

  private void throwIfEnded() throws ItemException {
    String why = endedFor;
    if (!why.isEmpty()) {
      throw new ItemException(ItemError.TIME_LIMIT, why);
    }
  }

  private void drain() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8), BUFFER)) {
      complaints.read(lines);
    } catch (IOException e) {
      complaints.add("(its complaints could not be read: " + e.getMessage() + ")");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      watch.close();
      answer.close();
    } catch (Exception e) {
      throw new IllegalStateException("Nothing to be thrown here", e);
    }
  }
}
