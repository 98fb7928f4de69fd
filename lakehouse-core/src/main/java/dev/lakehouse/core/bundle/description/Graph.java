// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import static dev.lakehouse.core.bundle.description.Checks.check;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.lakehouse.core.Digests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The network of a tower and how to read what it says.
 *
 * @param file the network
 * @param sha256 digest of the network's file
 * @param external files of weights that the network refers to
 * @param runtime {@code onnx} or {@code torchscript}
 * @param precision of the weights
 * @param inputs what each input holds, by name
 * @param idle inputs that belong to another tower of the same network, by name, with the shape of
 *     the constant that they are fed
 * @param output name of the output that is read
 * @param pooling how that output becomes one vector per item
 * @param dimension length of the vector
 * @param normalisation {@code l2}, the only one so far
 * @param dense layers between the pooling and the vector
 * @param variants further networks, each of a precision of its own
 */
public record Graph(
    String file,
    String sha256,
    List<PinnedFile> external,
    String runtime,
    Precision precision,
    Map<String, Input> inputs,
    Map<String, List<Long>> idle,
    String output,
    Pooling pooling,
    int dimension,
    String normalisation,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Dense> dense,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Variant> variants) {

  public static final String ONNX = "onnx";
  public static final String TORCHSCRIPT = "torchscript";

  public Graph {
    requireNetwork(file, sha256, runtime);
    external = external == null ? List.of() : List.copyOf(external);
    requireNonNull(precision, "precision is missing");
    inputs = Map.copyOf(requireNonNull(inputs, "inputs are missing"));
    idle = idle == null ? Map.of() : Map.copyOf(idle);
    requireNonNull(output, "output is missing");
    requireNonNull(pooling, "pooling is missing");
    check(dimension > 0, "dimension %d: expected at least 1", dimension);
    check("l2".equals(normalisation), "normalisation '%s': expected l2", normalisation);
    dense = dense == null ? List.of() : List.copyOf(dense);
    requireChain(dense, dimension);
    variants = variants == null ? List.of() : List.copyOf(variants);
    List<Precision> all = precisions(precision, variants);
    check(
        all.stream().distinct().count() == all.size(),
        "precisions %s: expected each once, the network's own and those of its variants",
        all);
  }

  static void requireNetwork(String file, String sha256, String runtime) {
    PinnedFile network = new PinnedFile(file, sha256);
    check(
        ONNX.equals(runtime) || TORCHSCRIPT.equals(runtime),
        "runtime '%s': expected onnx or torchscript",
        runtime);
    String ending = ONNX.equals(runtime) ? ".onnx" : ".pt";
    check(network.file().endsWith(ending), "file %s: expected an %s file", file, ending);
  }

  private static void requireChain(List<Dense> dense, int dimension) {
    for (int layer = 0; layer < dense.size(); layer++) {
      boolean last = layer + 1 == dense.size();
      int next = last ? dimension : dense.get(layer + 1).in();
      check(
          dense.get(layer).out() == next,
          "%s gives %d numbers: expected %d, which what follows takes",
          dense.get(layer).file(),
          dense.get(layer).out(),
          next);
    }
  }

  /** Numbers that the network itself gives for an item, before any further layer. */
  public int width() {
    return dense.isEmpty() ? dimension : dense.get(0).in();
  }

  /** Whether it is a program in TorchScript. */
  @JsonIgnore
  public boolean isScript() {
    return runtime.equals(TORCHSCRIPT);
  }

  /** The precisions that it can be run in, its own first. */
  public List<Precision> precisions() {
    return precisions(precision, variants);
  }

  private static List<Precision> precisions(Precision own, List<Variant> variants) {
    List<Precision> all = new ArrayList<>();
    all.add(own);
    variants.forEach(variant -> all.add(variant.precision()));
    return all;
  }

  /** The same with the network of a precision alone; empty if there is none. */
  public Optional<Graph> in(Precision wanted) {
    return wanted == precision
        ? Optional.of(
            with(new Variant(precision, file, sha256, external, runtime, Optional.empty())))
        : variants.stream()
            .filter(variant -> variant.precision() == wanted)
            .findFirst()
            .map(this::with);
  }

  private Graph with(Variant network) {
    return new Graph(
        network.file(),
        network.sha256(),
        network.external(),
        network.runtime(),
        network.precision(),
        inputs,
        idle,
        output,
        pooling,
        dimension,
        normalisation,
        dense,
        List.of());
  }

  /** The same with other variants. */
  public Graph withVariants(List<Variant> others) {
    return new Graph(
        file,
        sha256,
        external,
        runtime,
        precision,
        inputs,
        idle,
        output,
        pooling,
        dimension,
        normalisation,
        dense,
        others);
  }

  /**
   * The same with more variants; of a precision that is there already nothing else is taken.
   *
   * @throws IllegalArgumentException if it is there with other bytes
   */
  Graph extendedBy(List<Variant> others) {
    List<Variant> all = new ArrayList<>(variants);
    for (Variant other : others) {
      Optional<Graph> present = in(other.precision());
      if (present.isEmpty()) {
        all.add(other);
      } else {
        check(
            present.get().networkDigest().equals(with(other).networkDigest()),
            "the bundle has a network in %s already, %s, with other bytes than %s. Choose another"
                + " name with --name, so that vectors of the former stay explained",
            other.precision().word(),
            present.get().file(),
            other.file());
      }
    }
    return withVariants(all);
  }

  /** Names every byte of the network itself, without variants; 64 hex digits. */
  public String networkDigest() {
    return Digests.ofParts(contents().stream().map(PinnedFile::sha256).toList());
  }

  /** The network, its weights and its layers, without variants. */
  List<PinnedFile> contents() {
    List<PinnedFile> all = new ArrayList<>();
    all.add(new PinnedFile(file, sha256));
    all.addAll(external);
    dense.forEach(layer -> all.add(layer.content()));
    return all;
  }
}
