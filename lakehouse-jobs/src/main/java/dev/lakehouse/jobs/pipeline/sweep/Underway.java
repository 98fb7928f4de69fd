// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.sweep;

import java.time.Instant;
import java.util.List;

/**
 * Commands that may still be at work.
 *
 * @param runs their ids
 * @param since when the first of them began, or a day ago where that is earlier
 */
public record Underway(List<String> runs, Instant since) {
  public Underway {
    runs = List.copyOf(runs);
  }
}
