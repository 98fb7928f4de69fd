// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

/** Pitch as people hear it, in one of the two formulas that are in use. */
public enum MelScale {
  /**
   * Of M. Slaney's Auditory Toolbox (1998), as librosa and Whisper have it: in proportion up to
   * 1000 Hz, 15 mel there, and logarithmic above, 27 mel for each factor of 6.4.
   */
  SLANEY,
  /** Of HTK and Kaldi, by O'Shaughnessy (1987): 2595 log10(1 + hertz / 700). */
  HTK;

  private static final double KNEE = 1000;
  private static final double STEP = 200.0 / 3;
  private static final double LOG_STEP = Math.log(6.4) / 27;
  private static final double DECADE = 2595;
  private static final double CORNER = 700;

  double mel(double hertz) {
    if (this == HTK) {
      return DECADE * Math.log10(1 + hertz / CORNER);
    }
    return hertz < KNEE ? hertz / STEP : KNEE / STEP + Math.log(hertz / KNEE) / LOG_STEP;
  }

  double hertz(double mel) {
    if (this == HTK) {
      return CORNER * (Math.pow(10, mel / DECADE) - 1);
    }
    double above = mel - KNEE / STEP;
    return above < 0 ? mel * STEP : KNEE * Math.exp(above * LOG_STEP);
  }
}
