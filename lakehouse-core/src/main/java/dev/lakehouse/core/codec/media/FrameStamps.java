// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Times of pictures, as FFmpeg prints them beside the pictures themselves: they come on the other
 * pipe, and each before its picture.
 */
final class FrameStamps {
  /**
   * @param seconds presentation time
   * @param change from the picture before, 0 to 1
   */
  record Stamp(double seconds, double change) {}

  private static final long PATIENCE_SECONDS = 60;

  /** Not anchored: a complaint that is written at the same moment may stand in the same line. */
  private static final Pattern FRAME = Pattern.compile("frame:\\d+\\s+pts:\\S+\\s+pts_time:(\\S+)");

  private static final Pattern CHANGE = Pattern.compile("lavfi\\.scene_score=([0-9.]+)");

  /** The key of pictures that were selected. */
  static final String KEPT = "lakehouse.kept";

  private static final Pattern SELECTED = Pattern.compile(Pattern.quote(KEPT) + "=1");

  private final Pattern last;
  private final BlockingQueue<Stamp> stamps = new LinkedBlockingQueue<>();
  private double seconds = Double.NaN; // of the picture of which the rest is to come
  private double change = Double.NaN;
  private volatile double end;

  private FrameStamps(Pattern last) {
    this.last = last;
  }

  /** Of all pictures, where only the change of each is printed. */
  static FrameStamps ofAll() {
    return new FrameStamps(CHANGE);
  }

  /** Of those pictures alone that have {@link #KEPT}, while the change of all is printed. */
  static FrameStamps ofSelected() {
    return new FrameStamps(SELECTED);
  }

  /** A line; called by one thread. */
  void accept(String line) {
    Matcher frame = FRAME.matcher(line);
    if (frame.find()) {
      seconds = number(frame.group(1));
      end = Double.isNaN(seconds) ? end : Math.max(end, seconds);
    }
    Matcher changed = CHANGE.matcher(line);
    if (changed.find()) {
      change = number(changed.group(1));
    }
    if (last.matcher(line).find()) {
      stamps.add(new Stamp(seconds, change));
    }
  }

  /** The latest time of any picture up to now, selected or not. */
  double end() {
    return end;
  }

  /** That of the next picture; empty if it does not come. */
  Optional<Stamp> next() {
    try {
      return Optional.ofNullable(stamps.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static double number(String written) {
    try {
      return Double.parseDouble(written);
    } catch (NumberFormatException e) {
      return Double.NaN; // N/A: it has no time stamp
    }
  }
}
