// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.video;

import dev.lakehouse.core.codec.media.Film;
import dev.lakehouse.core.codec.media.FrameFigures;
import java.util.ArrayList;
import java.util.List;

/**
 * Figures of a film, taken while its pictures pass.
 *
 * <p>Each picture counts for as long as it is shown, which differs where the rate varies. A cut is
 * where a picture differs from the one before by more than 0.4, FFmpeg's measure of scenes. A
 * picture is black if 98 % of it are below 1/8 of white, as FFmpeg's {@code blackframe} has it, and
 * frozen if it differs from the one before by less than 0.1 % of white on average.
 */
final class FilmFigures implements Film.Sink {
  private static final double CUT = 0.4;
  private static final int DARK = 32;
  private static final double MOSTLY = 0.98;
  private static final double STILL = 0.001 * 255;

  private final byte[] before = new byte[Film.WIDTH * Film.HEIGHT];
  private final List<Double> cuts = new ArrayList<>();
  private long frames;
  private double first = Double.NaN;
  private double last = Double.NaN;
  private double longest;
  private double blackTime;
  private double frozenTime;
  private long blackFrames;
  private boolean lastIsBlack;

  @Override
  public void accept(FrameFigures frame) {
    double seconds = Double.isNaN(frame.seconds()) ? last : frame.seconds();
    double shown = Math.max(0, seconds - last); // NaN for the first
    if (frames == 0) {
      first = seconds;
    } else {
      longest = Math.max(longest, shown);
      if (lastIsBlack) {
        blackTime += shown;
      }
      if (isFrozen(frame.luminance())) {
        frozenTime += shown;
      }
      if (frame.change() > CUT) {
        cuts.add(seconds - first);
      }
    }
    lastIsBlack = isBlack(frame.luminance());
    if (lastIsBlack) {
      blackFrames++;
    }
    last = frames == 0 ? seconds : Math.max(last, seconds);
    frames++;
    System.arraycopy(frame.luminance(), 0, before, 0, before.length);
  }

  private static boolean isBlack(byte[] luminance) {
    int dark = 0;
    for (byte level : luminance) {
      if ((level & 0xFF) < DARK) {
        dark++;
      }
    }
    return dark >= MOSTLY * luminance.length;
  }

  private boolean isFrozen(byte[] luminance) {
    long difference = 0;
    for (int i = 0; i < luminance.length; i++) {
      difference += Math.abs((luminance[i] & 0xFF) - (before[i] & 0xFF));
    }
    return difference < STILL * luminance.length;
  }

  long frames() {
    return frames;
  }

  /** From the first picture to the end of the last, which is taken to be shown as long as most. */
  double seconds() {
    return frames == 0 ? 0 : last - first + usual();
  }

  /** How long a picture is shown, on average; 0 for a single one. */
  private double usual() {
    return frames < 2 ? 0 : (last - first) / (frames - 1);
  }

  double framesPerSecond() {
    return usual() == 0 ? 0 : 1 / usual();
  }

  /** How much longer the picture that is shown longest is than the average; 1 if all are alike. */
  double irregularity() {
    return usual() == 0 ? 1 : longest / usual();
  }

  /** Seconds from the first picture. */
  List<Double> cuts() {
    return List.copyOf(cuts);
  }

  /** Share of time, 0 to 1. */
  double black() {
    if (frames == 0 || last == first) {
      return blackFrames > 0 ? 1 : 0;
    }
    return Math.min(1, blackTime / (last - first));
  }

  /** Share of time, 0 to 1. */
  double frozen() {
    return frames < 2 || last == first ? 0 : Math.min(1, frozenTime / (last - first));
  }
}
