// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.engine;

import static java.util.Objects.requireNonNull;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.bundle.description.Graph;
import dev.lakehouse.core.bundle.description.Input;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One TorchScript program, opened through DJL. It takes its inputs by place, in the order of {@link
 * Input}, and gives one output.
 */
final class TorchSession implements NetworkSession {
  private final Model model;
  private final List<String> order;

  private TorchSession(Model model, List<String> order) {
    this.model = model;
    this.order = order;
  }

  static TorchSession open(Path network, Graph graph, String device) {
    String file = network.getFileName().toString();
    Model model = TorchRuntime.newModel(file, device);
    try {
      model.load(network.getParent(), file);
      NativeSession.countOpened();
      return new TorchSession(model, order(graph));
    } catch (MalformedModelException | EngineException | IOException e) {
      model.close();
      throw LakehouseException.because(
          e, ErrorCode.MODEL_INVALID, "Cannot load %s: %s", network, e.getMessage());
    }
  }

  private static List<String> order(Graph graph) {
    return graph.inputs().entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public String device() {
    return DeviceChoice.CPU;
  }

  @Override
  public Tensor.Floats run(Map<String, Tensor> inputs, String output) {
    try (NDManager arrays = model.getNDManager().newSubManager()) {
      NDList list = new NDList();
      for (String name : order) {
        NDArray array = InputArray.of(arrays, requireNonNull(inputs.get(name), name), null);
        array.setName(name);
        list.add(array);
      }
      NDList found = model.getBlock().forward(new ParameterStore(arrays, false), list, false);
      if (found.size() != 1) {
        throw new IllegalStateException("%d outputs, expected one".formatted(found.size()));
      }
      NDArray only = found.get(0);
      only.setName(output);
      return NativeSession.floats(only);
    } catch (EngineException | IllegalStateException | IllegalArgumentException e) {
      throw new InferenceException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
