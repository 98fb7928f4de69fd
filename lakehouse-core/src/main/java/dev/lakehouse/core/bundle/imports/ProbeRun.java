// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import dev.lakehouse.core.bundle.description.Graph;
import dev.lakehouse.core.bundle.description.Input;
import dev.lakehouse.core.bundle.engine.DenseLayers;
import dev.lakehouse.core.bundle.engine.LoadedTower;
import dev.lakehouse.core.bundle.engine.NetworkSession;
import dev.lakehouse.core.bundle.engine.Pooled;
import dev.lakehouse.core.bundle.engine.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs batches through an open network as an encoder does. */
final class ProbeRun {
  private final NetworkSession session;
  private final Graph graph;
  private final DenseLayers dense;

  /**
   * @param folder where the files of the graph are
   */
  ProbeRun(NetworkSession session, Graph graph, Path folder) {
    this.session = session;
    this.graph = graph;
    try {
      this.dense = DenseLayers.read(folder, graph);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read a file that was just copied", e);
    }
  }

  /** Vectors of norm 1; none for an item whose vector has no direction. */
  List<Optional<float[]>> vectors(Map<Input, Tensor> batch, int rows) {
    Tensor.Floats output =
        session.run(LoadedTower.named(graph.inputs(), graph.idle(), batch), graph.output());
    return Arrays.stream(dense.of(Pooled.of(output, graph, rows, mask(batch))))
        .map(vector -> Pooled.normalise(vector) ? Optional.of(vector) : Optional.<float[]>empty())
        .toList();
  }

  private static Optional<LongBuffer> mask(Map<Input, Tensor> batch) {
    return batch.get(Input.ATTENTION_MASK) instanceof Tensor.Longs mask
        ? Optional.of(mask.values())
        : Optional.empty();
  }
}
