// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;

/**
 * How to publish.
 *
 * @param minPublished rows below which nothing is released
 * @param maxLeaving share, from 0 to 1, of what is published that may be so no longer
 * @param minRecall share, from 0 to 1, of the nearest rows that a vector index must find
 * @param mode from what to start
 */
public record PublishOptions(long minPublished, double maxLeaving, double minRecall, Mode mode) {
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
    if (!(minRecall >= 0 && minRecall <= 1)) {
      throw new IllegalArgumentException("minRecall is not from 0 to 1: " + minRecall);
    }
  }

  /** The same with the usual demands on what an index finds. */
  public PublishOptions(long minPublished, double maxLeaving, Mode mode) {
    this(minPublished, maxLeaving, Settings.defaults().share(Setting.INDEX_MIN_RECALL), mode);
  }

  /** What the settings say. */
  public static PublishOptions from(Settings settings) {
    return new PublishOptions(
        settings.integer(Setting.MIN_PUBLISHED),
        settings.share(Setting.MAX_LEAVING),
        settings.share(Setting.INDEX_MIN_RECALL),
        Mode.CONTINUE);
  }

  /** The same, unless fewer rows than this would be published. */
  public PublishOptions atLeast(long rows) {
    return new PublishOptions(rows, maxLeaving, minRecall, mode);
  }

  /** The same, from nothing. */
  public PublishOptions rebuild() {
    return new PublishOptions(minPublished, maxLeaving, minRecall, Mode.REBUILD);
  }

  /** The same, with indexes that find at least this share of what is near. */
  public PublishOptions recalling(double share) {
    return new PublishOptions(minPublished, maxLeaving, share, mode);
  }

  /** The same, whatever leaves. */
  public PublishOptions allowLeaving() {
    return new PublishOptions(minPublished, ALL, minRecall, mode);
  }
}
