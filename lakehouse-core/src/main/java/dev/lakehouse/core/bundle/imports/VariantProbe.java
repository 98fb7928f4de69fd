// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import static dev.lakehouse.core.bundle.description.Checks.check;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.bundle.description.Graph;
import dev.lakehouse.core.bundle.description.Input;
import dev.lakehouse.core.bundle.description.PinnedFile;
import dev.lakehouse.core.bundle.description.Precision;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.bundle.description.Variant;
import dev.lakehouse.core.bundle.engine.DeviceChoice;
import dev.lakehouse.core.bundle.engine.InferenceException;
import dev.lakehouse.core.bundle.engine.NetworkSession;
import dev.lakehouse.core.bundle.engine.Pooled;
import dev.lakehouse.core.bundle.engine.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs another network of a tower on a few items, one by one, and compares its vectors with those
 * of the tower's own.
 */
final class VariantProbe {
  /** Below it two networks are not the same function, however coarse their numbers. */
  private static final double SAME_FUNCTION = 0.5;

  private final Graph graph;
  private final Path folder;
  private final List<Map<Input, Tensor>> items;
  private final List<Optional<float[]>> expected;

  private VariantProbe(
      Graph graph, Path folder, List<Map<Input, Tensor>> items, List<Optional<float[]>> expected) {
    this.graph = graph;
    this.folder = folder;
    this.items = items;
    this.expected = expected;
  }

  /** Runs the tower's own network, whose files are in a folder. */
  static VariantProbe of(Tower tower, Path folder) {
    ProbeTensors probe = ProbeTensors.of(tower, folder);
    List<Map<Input, Tensor>> items = new ArrayList<>();
    for (int item = 0; item < probe.count(); item++) {
      items.add(probe.batch(List.of(item)));
    }
    Graph graph = tower.graph();
    try (NetworkSession session = NetworkSession.open(folder, graph, DeviceChoice.CPU)) {
      return new VariantProbe(graph, folder, items, vectors(session, graph, folder, items));
    }
  }

  /**
   * Tries a network.
   *
   * @throws IllegalArgumentException if it is not the same function with the same inputs and output
   * @throws LakehouseException if the runtime cannot take it at all
   */
  Variant examine(StagedNetwork network, Precision precision) {
    check(
        network.inputs().equals(graph.inputs()),
        "%s takes the inputs %s, and %s %s: expected the same. Export both from one model",
        network.file(),
        network.inputs().keySet(),
        graph.file(),
        graph.inputs().keySet());
    check(
        network.header().holds(precision),
        "%s has no weights in %s (most are %s): expected what its name says",
        network.file(),
        precision.word(),
        network.header().precision().word());
    return tried(
        new Variant(
            precision,
            network.file(),
            network.sha256(),
            network.external(),
            Graph.ONNX,
            Optional.empty()));
  }

  /**
   * Tries a program in TorchScript.
   *
   * @throws IllegalArgumentException if it is not the same function with the same inputs and output
   * @throws LakehouseException if the runtime cannot take it at all
   */
  Variant examine(PinnedFile script, Precision precision) {
    check(
        graph.idle().isEmpty(),
        "%s cannot be taken: %s holds both towers. Export the towers apart",
        script.file(),
        graph.file());
    return tried(
        new Variant(
            precision,
            script.file(),
            script.sha256(),
            List.of(),
            Graph.TORCHSCRIPT,
            Optional.empty()));
  }

  private Variant tried(Variant variant) {
    return new Variant(
        variant.precision(),
        variant.file(),
        variant.sha256(),
        variant.external(),
        variant.runtime(),
        cosine(graph.withVariants(List.of(variant)).in(variant.precision()).orElseThrow()));
  }

  /** The smallest cosine of all items; empty where this machine cannot run such a network. */
  private Optional<Double> cosine(Graph network) {
    List<Optional<float[]>> found;
    try (NetworkSession session = NetworkSession.open(folder, network, DeviceChoice.CPU)) {
      found = vectors(session, network, folder, items);
    } catch (InferenceException e) {
      throw new IllegalArgumentException(
          "%s does not give what %s gives: %s"
              .formatted(network.file(), graph.file(), e.getMessage()),
          e);
    } catch (LakehouseException e) {
      if (e.code() == ErrorCode.DEVICE_UNAVAILABLE) {
        return Optional.empty();
      }
      throw e;
    }
    double least = least(found);
    check(
        least >= SAME_FUNCTION,
        "%s is not the same model as %s: the cosine of their vectors is %.3f",
        network.file(),
        graph.file(),
        least);
    return Optional.of(least);
  }

  /** An item without a vector has one neither way, or is as far away as can be. */
  private double least(List<Optional<float[]>> found) {
    double least = 1;
    for (int item = 0; item < found.size(); item++) {
      Optional<float[]> own = expected.get(item);
      Optional<float[]> other = found.get(item);
      if (own.isPresent() && other.isPresent()) {
        least = Math.min(least, Pooled.cosine(own.get(), other.get()));
      } else if (own.isPresent() || other.isPresent()) {
        return -1;
      }
    }
    return least;
  }

  private static List<Optional<float[]>> vectors(
      NetworkSession session, Graph graph, Path folder, List<Map<Input, Tensor>> items) {
    ProbeRun run = new ProbeRun(session, graph, folder);
    return items.stream().map(item -> run.vectors(item, 1).get(0)).toList();
  }
}
