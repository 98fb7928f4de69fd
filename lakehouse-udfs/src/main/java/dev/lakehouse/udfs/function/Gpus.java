// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The GPUs of an executor, as far as its tasks were given them, and how much of each is taken;
 * guarded by its instances.
 */
final class Gpus {
  private static final String CPU = "cpu";
  private static final String GPU = "cuda:";
  private static final double ROUNDING = 1e-6;

  private final double each;
  private final Map<String, Double> taken = new LinkedHashMap<>();

  /**
   * @param each of an instance: a share or a whole number
   */
  Gpus(double each) {
    this.each = each;
  }

  /** A task was given these. */
  void know(List<String> addresses) {
    addresses.forEach(address -> taken.putIfAbsent(address, 0.0));
  }

  /** Takes what an instance needs, if there is so much; returns it as a device. */
  Optional<String> take() {
    if (each == 0) {
      return Optional.of(CPU);
    }
    double share = Math.min(1, each);
    int wanted = (int) Math.max(1, each);
    List<String> found = new ArrayList<>();
    for (Map.Entry<String, Double> gpu : taken.entrySet()) {
      if (found.size() < wanted && gpu.getValue() + share <= 1 + ROUNDING) {
        found.add(gpu.getKey());
      }
    }
    if (found.size() < wanted) {
      return Optional.empty();
    }
    found.forEach(address -> taken.merge(address, share, Double::sum));
    return Optional.of(GPU + String.join("," + GPU, found));
  }

  /** Gives back what {@link #take} gave. */
  void giveBack(String device) {
    if (!device.equals(CPU)) {
      for (String gpu : List.of(device.split(",", -1))) {
        taken.merge(gpu.substring(GPU.length()), -Math.min(1, each), Double::sum);
      }
    }
  }

  /** For messages. */
  @Override
  public String toString() {
    return taken.isEmpty() ? "none" : String.join(", ", taken.keySet());
  }
}
