// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.speech;

import dev.lakehouse.core.bundle.imports.TinyOnnx;
import java.nio.file.Path;

/**
 * Real, small networks with the signature of a detector of speech. Their probability is a mean of
 * how loud the windows were so far, the last one counting half: it takes a state to know it.
 */
public final class TinyDetector {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private TinyDetector() {}

  /**
   * One that takes what is loud for speech.
   *
   * @param gain by which the mean of squares, of 576 samples, becomes a probability
   */
  public static Path write(Path file, double gain) {
    network(gain).write(file);
    return file;
  }

  /** One that takes its time: so many products of a vector and a matrix for a window. */
  public static Path writeSlow(Path file, int products) {
    TinyOnnx network =
        inputs(new TinyOnnx())
            .output("output", 2)
            .output("stateN", 3)
            .table("matrix", 576, 576, new float[576 * 576])
            .table("nothing", 1, 1, 0);
    String last = "input";
    for (int i = 0; i < products; i++) {
      network.multiply(last, "matrix", "product_" + i);
      last = "product_" + i;
    }
    network.mean(last, "slow").times("slow", "nothing", "zero").plus("input", "zero", "late");
    heard(network, "late", 1, "output", "stateN").write(file);
    return file;
  }

  /** The network of {@link #write}. */
  static TinyOnnx network(double gain) {
    return heard(
        inputs(new TinyOnnx()).output("output", 2).output("stateN", 3), gain, "output", "stateN");
  }

  static TinyOnnx inputs(TinyOnnx network) {
    return network.fixed("input", FLOAT, 0, 0).fixed("state", FLOAT, 2, 0, 128).fixed("sr", INT64);
  }

  static TinyOnnx heard(TinyOnnx network, double gain, String probability, String next) {
    return heard(network, "input", gain, probability, next);
  }

  private static TinyOnnx heard(
      TinyOnnx network, String input, double gain, String probability, String next) {
    return network
        .table("half", 1, 1, 0.5f)
        .table("gain", 1, 1, (float) gain)
        .times(input, input, "squares")
        .mean("squares", "loud")
        .times("loud", "half", "half_loud")
        .times("state", "half", "half_state")
        .plus("half_state", "half_loud", next)
        .average(next, 0, "of_layers")
        .mean("of_layers", "of_all")
        .times("of_all", "gain", probability);
  }
}
