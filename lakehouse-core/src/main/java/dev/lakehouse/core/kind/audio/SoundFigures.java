// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.audio;

import dev.lakehouse.core.codec.media.Sound;

/**
 * Figures of a sound, taken while it passes; they need the same little memory for a second and for
 * a day.
 *
 * <p>Its level is taken in windows of 20 ms, of all channels together. Signal-to-noise is estimated
 * from how the levels spread, as NIST's {@code stnr} does: what is reached by one window in twenty
 * against what nine in ten exceed. Speech is told by energy alone: a window has it if it is 10 dB
 * above that floor and louder than -50 dB of full scale.
 */
final class SoundFigures implements Sound.Sink {
  private static final double SILENCE_DB = -60;
  private static final double FAINT_DB = -50;
  private static final double ABOVE_FLOOR_DB = 10;
  private static final float CLIPPED = 0.99f;
  private static final int WINDOWS_A_SECOND = 50;

  private final int rate;
  private final int channels;
  private final int window;
  private final Levels levels = new Levels();

  private long samples;
  private long clipped;
  private long crossings;
  private double energy;
  private int inWindow;
  private double mixed;
  private int channel;
  private double before;

  SoundFigures(int rate, int channels) {
    this.rate = rate;
    this.channels = channels;
    this.window = Math.max(1, rate / WINDOWS_A_SECOND);
  }

  @Override
  public void accept(float[] block, int count) {
    for (int i = 0; i < count; i++) {
      float sample = block[i];
      if (sample >= CLIPPED || sample <= -CLIPPED) {
        clipped++;
      }
      energy += (double) sample * sample;
      mixed += sample;
      if (++channel == channels) {
        channel = 0;
        frame();
      }
    }
    samples += count;
  }

  private void frame() {
    if (mixed > 0 && before < 0 || mixed < 0 && before > 0) {
      crossings++;
    }
    if (mixed != 0) {
      before = mixed;
    }
    mixed = 0;
    if (++inWindow == window) {
      levels.add(energy / ((double) window * channels));
      energy = 0;
      inWindow = 0;
    }
  }

  private long frames() {
    return samples / channels;
  }

  double seconds() {
    return (double) frames() / rate;
  }

  /** Share of samples at full scale, 0 to 1. */
  double clipping() {
    return samples == 0 ? 0 : (double) clipped / samples;
  }

  /** How often the mix of all channels changes its sign, for each sample of it, 0 to 1. */
  double crossings() {
    return frames() == 0 ? 0 : (double) crossings / frames();
  }

  /** Share of windows below -60 dB of full scale, 0 to 1; 1 where there is no window. */
  double silence() {
    return levels.count() == 0 ? 1 : levels.shareBelow(SILENCE_DB);
  }

  /** dB. */
  double signalToNoise() {
    return levels.count() == 0 ? 0 : levels.percentile(0.95) - levels.percentile(0.10);
  }

  /** Share of windows, 0 to 1. */
  double speech() {
    if (levels.count() == 0) {
      return 0;
    }
    return 1 - levels.shareBelow(Math.max(FAINT_DB, levels.percentile(0.10) + ABOVE_FLOOR_DB));
  }
}
