// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.audio;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.bundle.engine.InferenceException;
import dev.lakehouse.core.bundle.speech.SpeechStream;
import dev.lakehouse.core.codec.media.Sound;
import java.util.Arrays;

/**
 * How much of a sound is speech, as a detector hears it while it passes.
 *
 * <p>With hysteresis, as the makers of Silero VAD have it: speech begins with a window in which it
 * is at least as probable as {@link #BEGINS}, and ends with one in which it is less probable than
 * {@link #ENDS}. No pause is bridged and nothing is padded, since a share is asked for and no
 * passages to cut out. The last window is filled up with silence and counts as long as it was.
 */
final class SpeechShare implements Sound.Sink {
  /** Changes when the same probabilities would become another share; part of the probe's name. */
  static final String STEPS = "speech@1";

  private static final float BEGINS = 0.5f;
  private static final float ENDS = 0.35f;

  private final SpeechStream stream;
  private final float[] window = new float[SpeechStream.WINDOW];
  private int filled;
  private boolean speaking;
  private long spoken; // samples
  private long heard; // samples

  SpeechShare(SpeechStream stream) {
    this.stream = stream;
  }

  @Override
  public void accept(float[] samples, int count) throws ItemException {
    for (int from = 0; from < count; ) {
      int part = Math.min(count - from, window.length - filled);
      System.arraycopy(samples, from, window, filled, part);
      from += part;
      filled += part;
      if (filled == window.length) {
        hear();
      }
    }
  }

  private void hear() throws ItemException {
    Arrays.fill(window, filled, window.length, 0);
    float probability = probability();
    speaking = probability >= (speaking ? ENDS : BEGINS);
    spoken += speaking ? filled : 0;
    heard += filled;
    filled = 0;
  }

  private float probability() throws ItemException {
    try {
      return stream.probability(window);
    } catch (InferenceException e) {
      throw new ItemException(
          ItemError.INTERNAL, "The speech detector failed: " + e.getMessage(), e);
    }
  }

  /** The share of a sound that has ended, 0 to 1; 0 for one without a sample. */
  double finish() throws ItemException {
    if (filled > 0) {
      hear();
    }
    return heard == 0 ? 0 : (double) spoken / heard;
  }
}
