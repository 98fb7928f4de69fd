// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import dev.lakehouse.core.bundle.description.Checks;
import dev.lakehouse.core.bundle.description.Graph;
import dev.lakehouse.core.bundle.description.Input;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.engine.DeviceChoice;
import dev.lakehouse.core.bundle.engine.InferenceException;
import dev.lakehouse.core.bundle.engine.NetworkSession;
import dev.lakehouse.core.bundle.engine.Pooled;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Shows that a tower gives an item the same vector alone and beside a longer one, on the network
 * itself: what a batch decides would be another vector in every run.
 */
final class BatchProof {
  private static final double SAME = 0.9999;
  private static final double SAME_IN_FEW_BITS = 0.999;

  private BatchProof() {}

  /** Whether the vectors of a tower are the same alone and in a batch. */
  static boolean holds(Tower tower, StagedNetwork network, Path folder) {
    return least(tower, network, folder) >= same(tower);
  }

  /**
   * Runs each item of a few alone, beside the last and beside the first.
   *
   * @param folder where the files of the tower are
   * @throws IllegalArgumentException if a vector depends on what is beside it
   */
  static void require(Tower tower, StagedNetwork network, Path folder) {
    double least = least(tower, network, folder);
    Checks.check(
        least >= same(tower),
        "%s gives an item another vector alone than in a batch: their cosine is %.4f, expected at"
            + " least %s. %s",
        network.file(),
        least,
        same(tower),
        remedy(network));
  }

  private static double same(Tower tower) {
    return tower.graph().precision() == Precision.FP32 ? SAME : SAME_IN_FEW_BITS;
  }

  private static double least(Tower tower, StagedNetwork network, Path folder) {
    if (network.header().quantisesAtRun()) {
      return 1; // is given one item at a time for that
    }
    ProbeTensors items = ProbeTensors.of(tower, folder);
    Graph graph = tower.graph();
    try (NetworkSession session = NetworkSession.open(folder, graph, DeviceChoice.CPU)) {
      return least(new ProbeRun(session, graph, folder), items);
    }
  }

  private static String remedy(StagedNetwork network) {
    if (network.takes(Input.PIXELS) && !network.takes(Input.TOKEN_IDS)) {
      return "Its pictures influence each other: export it in evaluation mode, with a dynamic batch"
          + " axis";
    }
    return network.takes(Input.ATTENTION_MASK)
        ? "It reads padding in spite of its attention_mask: export it again from the model"
        : "It has no attention_mask, so it reads the padding of shorter texts as words: export it"
            + " with the mask, or write the length that it was trained with into tokenizer.json"
            + " (padding, strategy, Fixed)";
  }

  private static double least(ProbeRun run, ProbeTensors items) {
    int last = items.count() - 1;
    double least = 1;
    for (int item = 0; item <= last; item++) {
      Optional<float[]> alone = alone(run, items, item);
      if (alone.isPresent()) {
        least = Math.min(least, cosine(alone.get(), beside(run, items, List.of(item, last))));
        least = Math.min(least, cosine(alone.get(), beside(run, items, List.of(item, 0))));
      }
    }
    return least;
  }

  /** Nothing where the network cannot read the item at all, which is no matter of batches. */
  private static Optional<float[]> alone(ProbeRun run, ProbeTensors items, int item) {
    return beside(run, items, List.of(item));
  }

  private static Optional<float[]> beside(ProbeRun run, ProbeTensors items, List<Integer> batch) {
    try {
      return run.vectors(items.batch(batch), batch.size()).get(0);
    } catch (InferenceException e) {
      return Optional.empty();
    }
  }

  /** What cannot be run beside another is refused when its turn comes, not here. */
  private static double cosine(float[] alone, Optional<float[]> beside) {
    return beside.map(vector -> Pooled.cosine(alone, vector)).orElse(1.0);
  }
}
