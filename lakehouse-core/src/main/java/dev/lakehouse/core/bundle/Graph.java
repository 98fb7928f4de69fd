// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle;

import static dev.lakehouse.core.bundle.Checks.check;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The network of a tower and how to read what it says.
 *
 * @param file the network
 * @param sha256 digest of the network's file
 * @param external files of weights that the network refers to
 * @param runtime {@code onnx}, the only one so far
 * @param precision of the weights
 * @param inputs what each input holds, by name
 * @param idle inputs that belong to another tower of the same network, by name, with the shape of
 *     the constant that they are fed
 * @param output name of the output that is read
 * @param pooling how that output becomes one vector per item
 * @param dimension length of the vector
 * @param normalisation {@code l2}, the only one so far
 */
public record Graph(
    String file,
    String sha256,
    List<Content> external,
    String runtime,
    Precision precision,
    Map<String, Input> inputs,
    Map<String, List<Long>> idle,
    String output,
    Pooling pooling,
    int dimension,
    String normalisation) {

  public Graph {
    Content network = new Content(file, sha256);
    check(network.file().endsWith(".onnx"), "file %s: expected an .onnx file", file);
    external = external == null ? List.of() : List.copyOf(external);
    check("onnx".equals(runtime), "runtime '%s': expected onnx", runtime);
    requireNonNull(precision, "precision is missing");
    inputs = Map.copyOf(requireNonNull(inputs, "inputs are missing"));
    idle = idle == null ? Map.of() : Map.copyOf(idle);
    requireNonNull(output, "output is missing");
    requireNonNull(pooling, "pooling is missing");
    check(dimension > 0, "dimension %d: expected at least 1", dimension);
    check("l2".equals(normalisation), "normalisation '%s': expected l2", normalisation);
  }

  /** The network and its weights. */
  List<Content> contents() {
    List<Content> all = new ArrayList<>();
    all.add(new Content(file, sha256));
    all.addAll(external);
    return all;
  }
}
