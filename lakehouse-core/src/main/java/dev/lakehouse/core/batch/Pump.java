// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Fetches, prepares and infers the items of many tasks with one set of threads.
 *
 * <p>Its threads start with its first session and end with its last; it is not used again then.
 *
 * @param <I> items
 * @param <O> what becomes of them
 */
public final class Pump<I, O> {
  private final Line<I, ?, O> line;

  private Pump(Line<I, ?, O> line) {
    this.line = line;
  }

  /**
   * A pump without sessions.
   *
   * @param resource what the steps need, such as the lease of a model; closed when the last thread
   *     has ended. The caller's until the first session is open
   */
  public static <I, P, O> Pump<I, O> of(
      PumpSteps<I, P, O> steps, PumpOptions options, AutoCloseable resource) {
    return of(steps, options, resource, System::nanoTime);
  }

  static <I, P, O> Pump<I, O> of(
      PumpSteps<I, P, O> steps, PumpOptions options, AutoCloseable resource, LongSupplier clock) {
    return new Pump<>(new Line<>(steps, options, resource, clock));
  }

  /**
   * Opens a session; none if the pump has ended or failed.
   *
   * @param alive called about ten times a second while the task waits; may throw to end the wait
   */
  public Optional<Session<I, O>> open(Runnable alive) {
    return line.open(alive);
  }

  /** Whether it takes no sessions any more. */
  public boolean hasEnded() {
    return line.hasEnded();
  }

  /** Bytes that its items hold now. */
  public long bytesInFlight() {
    return line.bytesInFlight();
  }

  /** What all its sessions did, closed ones too. */
  public PumpFigures figures() {
    return line.figures();
  }
}
