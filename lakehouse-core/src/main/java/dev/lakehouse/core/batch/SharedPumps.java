// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The pumps of one kind in this JVM: one for each key, shared by all tasks that want it now, and
 * gone when the last of them has what it wanted.
 *
 * @param <K> what tells pumps apart
 * @param <I> items
 * @param <O> what becomes of them
 */
public final class SharedPumps<K, I, O> {
  private final Map<K, Pump<I, O>> pumps = new HashMap<>();
  private PumpFigures ended = PumpFigures.NONE; // of pumps that are not there any more

  /**
   * Opens a session for one task, with the pump that is there or with a new one.
   *
   * @param giveBack ends the task's own hold on what the steps need: at once where a pump is
   *     joined, which has its own, else after the last thread of the new pump
   * @param make a pump that closes what it is given after its last thread
   * @param alive called about ten times a second while the task waits; may throw to end the wait
   */
  public Session<I, O> open(
      K key, Runnable giveBack, Function<AutoCloseable, Pump<I, O>> make, Runnable alive) {
    synchronized (pumps) {
      Optional<Session<I, O>> joined =
          Optional.ofNullable(pumps.get(key)).flatMap(pump -> pump.open(alive));
      if (joined.isPresent()) {
        giveBack.run();
        return joined.get();
      }
      Pump<I, O> pump = make.apply(() -> end(giveBack));
      Pump<I, O> former = pumps.put(key, pump);
      if (former != null) {
        ended = ended.plus(former.figures());
      }
      return pump.open(alive).orElseThrow();
    }
  }

  /** After the last thread of a pump: nothing here holds on to what it used. */
  private void end(Runnable giveBack) {
    synchronized (pumps) {
      for (Pump<I, O> pump : List.copyOf(pumps.values())) {
        if (pump.hasEnded()) {
          ended = ended.plus(pump.figures());
          pumps.values().remove(pump);
        }
      }
    }
    giveBack.run();
  }

  /** What all of them did since this JVM started. */
  public PumpFigures figures() {
    synchronized (pumps) {
      PumpFigures sum = ended;
      for (Pump<I, O> pump : pumps.values()) {
        sum = sum.plus(pump.figures());
      }
      return sum;
    }
  }

  /** Bytes in flight in this JVM now. */
  public long bytesInFlight() {
    synchronized (pumps) {
      return pumps.values().stream().mapToLong(Pump::bytesInFlight).sum();
    }
  }
}
