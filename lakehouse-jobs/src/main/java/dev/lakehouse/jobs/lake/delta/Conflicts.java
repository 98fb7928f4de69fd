// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats work that lost against another command, where it looks anew at what is there. */
public final class Conflicts {
  private static final Logger LOG = LoggerFactory.getLogger(Conflicts.class);
  private static final int ATTEMPTS = 5;

  private Conflicts() {}

  /**
   * Does work until it meets no conflict, a few times at most.
   *
   * @param work reads what it builds on each time that it is done
   * @throws LakehouseException COMMIT_CONFLICT if others were first every time
   */
  public static <T> T repeat(Supplier<T> work) {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      try {
        return work.get();
      } catch (LakehouseException e) {
        if (e.code() != ErrorCode.COMMIT_CONFLICT) {
          throw e;
        }
        LOG.info("Attempt {} of {}: {}", attempt, ATTEMPTS, e.getMessage());
      }
    }
    return work.get();
  }

  /** The same for work without a result. */
  public static void repeat(Runnable work) {
    repeat(
        () -> {
          work.run();
          return ATTEMPTS;
        });
  }
}
