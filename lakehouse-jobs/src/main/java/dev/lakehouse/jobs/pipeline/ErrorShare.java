// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import java.util.Optional;

/**
 * How many of a step's items failed; its rows are written whatever the answer.
 *
 * <p>It speaks of everything that the step covers now, not of this run alone: the same command
 * twice gives the same answer.
 */
public record ErrorShare(String step, long items, long failed) {

  /**
   * Refuses a share above what is allowed, and a step whose every item failed.
   *
   * @param setting the allowed share
   * @throws LakehouseException TOO_MANY_ERRORS, else NOTHING_FIT
   */
  public void require(Settings settings, Setting setting) {
    Optional<LakehouseException> refusal = refusal(settings, setting);
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }

  /** What {@link #require} would throw. */
  public Optional<LakehouseException> refusal(Settings settings, Setting setting) {
    if (items == 0) {
      return Optional.empty();
    }
    double allowed = settings.share(setting);
    double share = (double) failed / items;
    if (share > allowed) {
      return Optional.of(
          LakehouseException.of(
              ErrorCode.TOO_MANY_ERRORS,
              "Too many failures in %s: expected at most %.1f%% of %d items but found %d (%.1f%%)."
                  + " 'lakehouse table dead_letters' names them; %s changes what is allowed",
              step,
              100 * allowed,
              items,
              failed,
              100 * share,
              setting.key()));
    }
    return failed < items
        ? Optional.empty()
        : Optional.of(
            LakehouseException.of(
                ErrorCode.NOTHING_FIT,
                "Nothing came of %s: all its %d items failed. 'lakehouse table dead_letters' says"
                    + " why",
                step,
                items));
  }
}
