// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import static java.util.Objects.requireNonNull;

/**
 * Which log-mel spectrogram is made. Of all of them sound comes at {@value #RATE} Hz, and each
 * frame looks at 25 ms of it ({@value #WINDOW} samples), 10 ms ({@value #HOP} samples) after the
 * one before.
 *
 * @param recipe frames, window and logarithm
 * @param bands numbers of a frame, 80 or 128 as a rule
 * @param scale on which the bands are evenly spaced
 * @param norm how high the bands are
 */
public record MelSpec(Recipe recipe, int bands, MelScale scale, Norm norm) {
  /** Samples a second. */
  public static final int RATE = 16_000;

  /** Samples that a frame looks at. */
  public static final int WINDOW = 400;

  /** Samples from one frame to the next. */
  public static final int HOP = 160;

  private static final int MOST_BANDS = 512;

  /** Frames, window and logarithm, as those have them whose models were trained on it. */
  public enum Recipe {
    /**
     * OpenAI Whisper, {@code whisper/audio.py}: frames centred on multiples of 10 ms in a sound
     * that is mirrored at its ends, the last one left out; periodic Hann window, transform of 400;
     * log10 of at least 1e-10, at most 8 below the highest of the clip, plus 4, by 4.
     */
    WHISPER(WINDOW, 0),
    /**
     * librosa's {@code melspectrogram} and {@code power_to_db}: frames as Whisper's, the last one
     * included; 10 log10 of at least 1e-10, at most 80 dB below the highest of the clip.
     */
    DECIBEL(WINDOW, 0),
    /**
     * Kaldi's {@code compute-fbank-feats} without dither, as ImageBind and the Audio Spectrogram
     * Transformer call it in torchaudio: frames inside the sound alone, each freed of its mean and
     * pre-emphasised by 0.97, symmetric Hann window, transform of 512, bands from 20 Hz with slopes
     * that are straight on the mel scale, natural logarithm of at least 1.19e-7.
     */
    KALDI(512, 20);

    private final int transform;
    private final double lowest;

    Recipe(int transform, double lowest) {
      this.transform = transform;
      this.lowest = lowest;
    }

    /** Samples of a transform, a window and zeros behind it. */
    int transform() {
      return transform;
    }

    /** Where the lowest band begins, Hz; the highest ends at half the rate. */
    double lowest() {
      return lowest;
    }

    /** Samples of the mirrored sound that stand before the first one. */
    int mirrored() {
      return this == KALDI ? 0 : WINDOW / 2;
    }

    /** Frames of a sound. */
    long frames(long samples) {
      return switch (this) {
        case WHISPER -> samples / HOP;
        case DECIBEL -> samples == 0 ? 0 : 1 + samples / HOP;
        case KALDI -> samples < WINDOW ? 0 : 1 + (samples - WINDOW) / HOP;
      };
    }

    /** Samples that give a number of frames. */
    int samples(int frames) {
      return switch (this) {
        case WHISPER -> frames * HOP;
        case DECIBEL -> (frames - 1) * HOP;
        case KALDI -> WINDOW + (frames - 1) * HOP;
      };
    }
  }

  /** How high a band is. */
  public enum Norm {
    /** Each reaches 1. */
    NONE,
    /** Each has the same area: 2 by its width in Hz, as in Slaney's toolbox. */
    SLANEY
  }

  public MelSpec {
    requireNonNull(recipe, "recipe is null");
    requireNonNull(scale, "scale is null");
    requireNonNull(norm, "norm is null");
    if (bands < 1 || bands > MOST_BANDS) {
      throw new IllegalArgumentException(
          "Invalid bands: %d (must be between 1 and %d)".formatted(bands, MOST_BANDS));
    }
  }

  /**
   * Whisper's own.
   *
   * @param bands 80, or 128 as large-v3 has it
   */
  public static MelSpec whisper(int bands) {
    return new MelSpec(Recipe.WHISPER, bands, MelScale.SLANEY, Norm.SLANEY);
  }

  /** Decibels, with what librosa does unless told otherwise. */
  public static MelSpec decibel(int bands) {
    return new MelSpec(Recipe.DECIBEL, bands, MelScale.SLANEY, Norm.SLANEY);
  }

  /**
   * Kaldi's own.
   *
   * @param bands 128 for ImageBind
   */
  public static MelSpec kaldi(int bands) {
    return new MelSpec(Recipe.KALDI, bands, MelScale.HTK, Norm.NONE);
  }
}
