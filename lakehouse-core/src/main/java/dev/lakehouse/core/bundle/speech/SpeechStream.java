// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.speech;

import dev.lakehouse.core.bundle.engine.InferenceException;
import dev.lakehouse.core.bundle.engine.OnnxSession;
import dev.lakehouse.core.bundle.engine.Tensor;
import java.util.Arrays;
import java.util.Map;

/**
 * One sound as a detector hears it, window after window. What it heard so far, which decides what
 * it makes of the next window, is kept here and nowhere else: a sound is heard the same alone and
 * while others are. For one thread at a time.
 */
public final class SpeechStream {
  /** Samples a second. */
  public static final int RATE = 16_000;

  /** Samples of a window: 32 ms. */
  public static final int WINDOW = 512;

  /** Samples of the window before that the network is given again; without them it hears badly. */
  static final int CONTEXT = 64;

  static final int INPUT = CONTEXT + WINDOW;
  static final int LAYERS = 2;
  static final int WIDTH = 128;
  private static final long[] STATE_SHAPE = {LAYERS, 1, WIDTH};

  private final OnnxSession session;
  private final Tensor.Floats input = Tensor.Floats.zeros(1, INPUT);
  private final Tensor.Longs rate = Tensor.Longs.zeros();
  private final float[] context = new float[CONTEXT];
  private Tensor.Floats state = Tensor.Floats.zeros(STATE_SHAPE);

  SpeechStream(OnnxSession session) {
    this.session = session;
    rate.values().put(0, RATE);
  }

  /**
   * Hears the next window.
   *
   * @param window {@link #WINDOW} samples of one channel at {@link #RATE}, full scale is -1 to 1
   * @return how probable speech is in it, 0 to 1
   * @throws InferenceException if the runtime fails, or the network answers what it should not
   */
  public float probability(float[] window) {
    input.values().put(0, context).put(CONTEXT, window, 0, WINDOW);
    System.arraycopy(window, WINDOW - CONTEXT, context, 0, CONTEXT);
    Map<String, Tensor.Floats> outputs =
        session.run(
            Map.of(
                SpeechSignature.INPUT, input,
                SpeechSignature.STATE, state,
                SpeechSignature.RATE, rate));
    state = require(outputs, SpeechSignature.NEXT_STATE, STATE_SHAPE);
    float probability = require(outputs, SpeechSignature.PROBABILITY, 1, 1).values().get(0);
    if (!(probability >= 0 && probability <= 1)) {
      throw new InferenceException("output is %s, expected 0 to 1".formatted(probability));
    }
    return probability;
  }

  private static Tensor.Floats require(
      Map<String, Tensor.Floats> outputs, String name, long... shape) {
    Tensor.Floats found = outputs.get(name);
    if (found == null || !Arrays.equals(found.shape(), shape)) {
      throw new InferenceException(
          "%s of %s, expected float32 %s".formatted(name, found, Arrays.toString(shape)));
    }
    return found;
  }
}
