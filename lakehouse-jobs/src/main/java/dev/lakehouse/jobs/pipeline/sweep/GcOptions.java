// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.sweep;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to clean up.
 *
 * @param olderThan nothing younger is touched
 * @param mode whether to remove anything
 * @param withdrawn what of withdrawn releases to keep
 */
public record GcOptions(Duration olderThan, Mode mode, Withdrawn withdrawn) {
  /** A command of yesterday may still be at work; one of the day before is not. */
  public static final Duration FLOOR = Duration.ofHours(24);

  private static final Pattern AGE = Pattern.compile("(\\d{1,6})([hd])");

  /** Whether to remove anything. */
  public enum Mode {
    /** Only list. */
    DRY_RUN,
    /** Remove what is listed. */
    APPLY
  }

  /** What to do with the versions of withdrawn releases. */
  public enum Withdrawn {
    /** They stay, as those of any release do. */
    KEEP,
    /** They are leftovers. */
    GIVE_UP
  }

  public GcOptions {
    if (olderThan.compareTo(FLOOR) < 0) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Invalid age %dh: expected at least %dh, because a command that is still at work may need"
              + " what is younger",
          olderThan.toHours(),
          FLOOR.toHours());
    }
  }

  /** Lists what is older than a day. */
  public static GcOptions dryRun() {
    return new GcOptions(FLOOR, Mode.DRY_RUN, Withdrawn.KEEP);
  }

  /** The same, and removes it. */
  public GcOptions apply() {
    return new GcOptions(olderThan, Mode.APPLY, withdrawn);
  }

  /** The same, and takes versions of withdrawn releases for leftovers. */
  public GcOptions givingUpWithdrawn() {
    return new GcOptions(olderThan, mode, Withdrawn.GIVE_UP);
  }

  /** The same with another age, such as {@code 36h} or {@code 7d}. */
  public GcOptions olderThan(String age) {
    Matcher parts = AGE.matcher(age);
    if (!parts.matches()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Invalid age '%s': expected hours or days, such as 36h or 7d",
          age);
    }
    long number = Long.parseLong(parts.group(1));
    Duration duration =
        parts.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofHours(number);
    return new GcOptions(duration, mode, withdrawn);
  }
}
