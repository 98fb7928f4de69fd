// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import java.util.List;
import java.util.Optional;

/**
 * What is otherwise than before.
 *
 * @param verdicts against the judgement before
 * @param catalog against the release before
 */
public record Change(Told<OfVerdicts> verdicts, Told<OfCatalog> catalog) {

  /**
   * Of the verdicts.
   *
   * @param passing assets that pass now and did not, or were not there
   * @param failing assets that passed and do not now, or are gone
   * @param reasons why those do not pass now, most frequent first
   * @param passes examples of the former
   * @param fails examples of the latter
   */
  public record OfVerdicts(
      long passing,
      long failing,
      List<Funnel.Reason> reasons,
      List<Shown> passes,
      List<Shown> fails) {
    public OfVerdicts {
      reasons = List.copyOf(reasons);
      passes = List.copyOf(passes);
      fails = List.copyOf(fails);
    }
  }

  /**
   * Of what readers see.
   *
   * @param release number of the release
   * @param before number of the one that it is compared with; empty for the first
   * @param added assets that came in
   * @param removed assets that went out
   * @param stayed assets that are in both
   */
  public record OfCatalog(
      long release, Optional<Long> before, long added, long removed, long stayed) {}
}
