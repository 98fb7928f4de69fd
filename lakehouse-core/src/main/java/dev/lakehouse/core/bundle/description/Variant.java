// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A further network of a tower: the same function in another number format, with the same inputs
 * and the same output.
 *
 * @param precision of its weights
 * @param file the network
 * @param sha256 digest of the network's file
 * @param external files of weights that the network refers to
 * @param runtime {@code onnx}, or {@code torchscript} for a program that takes its inputs by place
 * @param cosine of its vectors to those of the tower's own network, the smallest that the import
 *     saw; empty where the importing machine could not run it
 */
public record Variant(
    Precision precision,
    String file,
    String sha256,
    List<PinnedFile> external,
    String runtime,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Optional<Double> cosine) {

  public Variant {
    requireNonNull(precision, "precision is missing");
    runtime = runtime == null ? Graph.ONNX : runtime;
    Graph.requireNetwork(file, sha256, runtime);
    external = external == null ? List.of() : List.copyOf(external);
    requireNonNull(cosine, "cosine is null");
  }

  /** The network and its weights. */
  public List<PinnedFile> contents() {
    List<PinnedFile> all = new ArrayList<>();
    all.add(new PinnedFile(file, sha256));
    all.addAll(external);
    return all;
  }
}
