// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import java.util.List;

/**
 * Where the time of a run went.
 *
 * @param name of the step
 * @param seconds by the clock
 * @param did in words
 * @param bounds what bounded it, as far as it was measured
 */
public record StepTime(String name, double seconds, String did, List<String> bounds) {
  public StepTime {
    bounds = List.copyOf(bounds);
  }
}
