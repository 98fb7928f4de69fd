// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.bundle.description.Graph;
import java.nio.file.Path;
import java.util.Map;

/** An open network. Threads may run it at the same time, each on its own core. */
public interface NetworkSession extends AutoCloseable {

  /**
   * Opens a network in the runtime that it is for.
   *
   * @param folder where its files are
   * @param device cpu, cuda:0, …
   * @throws LakehouseException DEVICE_UNAVAILABLE if this build or this machine cannot run such a
   *     network; MODEL_INVALID if its runtime cannot take it
   */
  static NetworkSession open(Path folder, Graph graph, String device) {
    Path network = folder.resolve(graph.file());
    return graph.isScript()
        ? TorchSession.open(network, graph, device)
        : NativeSession.open(network, device);
  }

  /** Where it runs: cpu, cuda:0, … */
  String device();

  /**
   * Runs one output.
   *
   * @param inputs by the network's own names
   * @throws InferenceException if the runtime fails, or there is no such output
   */
  Tensor.Floats run(Map<String, Tensor> inputs, String output);

  @Override
  void close();
}
