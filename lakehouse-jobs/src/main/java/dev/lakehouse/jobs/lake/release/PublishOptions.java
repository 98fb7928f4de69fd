// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;

/**
 * How to publish.
 *
 * @param minPublished rows below which nothing is released
 * @param maxLeaving share, from 0 to 1, of what is published that may be so no longer
 * @param mode from what to start
 */
public record PublishOptions(long minPublished, double maxLeaving, Mode mode) {
  private static final double ALL = 1;

  /** From what a release starts. */
  public enum Mode {
    /** From the catalog and indexes as they are. */
    CONTINUE,
    /** From nothing: catalog and indexes are made anew, after damage. */
    REBUILD
  }

  public PublishOptions {
    if (minPublished < 0) {
      throw new IllegalArgumentException("minPublished is negative: " + minPublished);
    }
    if (!(maxLeaving >= 0 && maxLeaving <= ALL)) {
      throw new IllegalArgumentException("maxLeaving is not from 0 to 1: " + maxLeaving);
    }
  }

  /** What the settings say. */
  public static PublishOptions from(Settings settings) {
    return new PublishOptions(
        settings.integer(Setting.MIN_PUBLISHED),
        settings.share(Setting.MAX_LEAVING),
        Mode.CONTINUE);
  }

  /** The same, unless fewer rows than this would be published. */
  public PublishOptions atLeast(long rows) {
    return new PublishOptions(rows, maxLeaving, mode);
  }

  /** The same, from nothing. */
  public PublishOptions rebuild() {
    return new PublishOptions(minPublished, maxLeaving, Mode.REBUILD);
  }

  /** The same, whatever leaves. */
  public PublishOptions allowLeaving() {
    return new PublishOptions(minPublished, ALL, mode);
  }
}
