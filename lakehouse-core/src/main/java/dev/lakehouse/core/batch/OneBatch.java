// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The steps taken in the caller's own thread, all items in one batch. */
public final class OneBatch {

  private OneBatch() {}

  /**
   * One outcome for each item, in order.
   *
   * @throws RuntimeException what {@link PumpSteps#failed} throws
   */
  public static <I, P, O> List<O> of(PumpSteps<I, P, O> steps, List<I> items) {
    List<Optional<Settled<O>>> failures = new ArrayList<>(items.size());
    List<P> prepared = new ArrayList<>(items.size());
    for (I item : items) {
      failures.add(prepare(steps, item, prepared));
    }
    Iterator<Settled<O>> inferred = Halving.run(steps, prepared).settled().iterator();
    List<O> outcomes = new ArrayList<>(items.size());
    for (Optional<Settled<O>> failure : failures) {
      outcomes.add(failure.orElseGet(inferred::next).orThrow());
    }
    return outcomes;
  }

  /** Adds the item to the prepared ones, or says why it is not one of them. */
  private static <I, P, O> Optional<Settled<O>> prepare(
      PumpSteps<I, P, O> steps, I item, List<P> prepared) {
    try {
      prepared.add(steps.prepare(steps.isRemote(item) ? steps.fetch(item) : item));
      return Optional.empty();
    } catch (Throwable e) {
      return Optional.of(Settled.by(steps, e));
    }
  }
}
