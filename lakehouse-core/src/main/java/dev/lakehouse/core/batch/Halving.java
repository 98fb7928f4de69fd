// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import java.util.ArrayList;
import java.util.List;

/** Runs a batch; where that fails, each half of it, down to the one at fault. */
final class Halving<P, O> {
  private final PumpSteps<?, P, O> steps;
  private final List<P> batch;
  private final List<Settled<O>> settled;
  private long halvings;

  private Halving(PumpSteps<?, P, O> steps, List<P> batch) {
    this.steps = steps;
    this.batch = batch;
    this.settled = new ArrayList<>(batch.size());
  }

  static <P, O> Halving<P, O> run(PumpSteps<?, P, O> steps, List<P> batch) {
    Halving<P, O> halving = new Halving<>(steps, batch);
    halving.run(0, batch.size());
    return halving;
  }

  /** What became of each, in order. */
  List<Settled<O>> settled() {
    return settled;
  }

  /** How often a part had to be halved. */
  long halvings() {
    return halvings;
  }

  private void run(int from, int to) {
    if (from == to) {
      return;
    }
    try {
      List<O> outcomes = steps.infer(batch.subList(from, to));
      if (outcomes.size() != to - from) {
        throw new IllegalStateException(
            "A batch of %d gave %d outcomes".formatted(to - from, outcomes.size()));
      }
      outcomes.forEach(outcome -> settled.add(Settled.with(outcome)));
    } catch (Throwable e) {
      halve(from, to, e);
    }
  }

  private void halve(int from, int to, Throwable cause) {
    if (to - from == 1) {
      settled.add(Settled.by(steps, cause));
      return;
    }
    halvings++;
    int middle = (from + to) >>> 1;
    run(from, middle);
    run(middle, to);
  }
}
