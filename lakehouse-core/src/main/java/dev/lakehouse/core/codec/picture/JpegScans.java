// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Bytes;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which coefficients of a progressive JPEG its scans have brought to their last bit. */
final class JpegScans {
  private static final int COEFFICIENTS = 64;
  private static final int NEVER = 16;

  /** By component, how many low bits of each coefficient are still to come. */
  private final Map<Integer, int[]> missing = new HashMap<>();

  /** Takes a scan, from the number of its components on. */
  void add(Bytes in, long header) throws ItemException {
    int components = in.u8(header);
    long behind = header + 1 + 2L * components;
    int first = in.u8(behind);
    int last = Math.min(in.u8(behind + 1), COEFFICIENTS - 1);
    int low = in.u8(behind + 2) & 15;
    for (int i = 0; i < components; i++) {
      int[] bits = missing.computeIfAbsent(in.u8(header + 1 + 2L * i), id -> never());
      for (int k = first; k <= last; k++) {
        bits[k] = low;
      }
    }
  }

  /**
   * Checks that no later scan is missing; true of every file without progress.
   *
   * @throws ItemException with {@code TRUNCATED} if one is
   */
  void requireAll(List<Integer> components) throws ItemException {
    for (int component : missing.isEmpty() ? List.<Integer>of() : components) {
      if (Arrays.stream(missing.getOrDefault(component, never())).anyMatch(bits -> bits > 0)) {
        throw new ItemException(ItemError.TRUNCATED, "Progressive JPEG that lacks its last scans");
      }
    }
  }

  private static int[] never() {
    int[] bits = new int[COEFFICIENTS];
    Arrays.fill(bits, NEVER);
    return bits;
  }
}
