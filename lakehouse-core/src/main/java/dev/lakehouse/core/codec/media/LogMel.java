// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Log-mel spectrograms: what models of speech and sound are given instead of samples.
 *
 * <p>Takes one channel of {@value MelSpec#RATE} samples a second, full scale -1 to 1, and gives
 * {@code [frames][bands]}: time first, low bands first. A whole sound goes through {@link #of}; one
 * of any length passes as a stream that keeps less than a second of it. {@link MelSpec.Recipe}
 * names the sources of the algorithms. Computes in double precision. A stream is for one thread.
 */
public final class LogMel implements Sound.Sink {
  private static final double EMPHASIS = 0.97;
  private static final double FLOOR = 1e-10;
  private static final double KALDI_FLOOR = Math.ulp(1f); // 1.19e-7
  private static final double WHISPER_RANGE = 8; // powers of ten
  private static final double DECIBEL_RANGE = 80;

  private final MelSpec spec;
  private final Sink sink;
  private final double[] window;
  private final MelFilters filters;
  private final PowerSpectrum spectrum;
  private final double[] frame;
  private final int mirrored;

  private float[] kept = new float[4 * MelSpec.WINDOW];
  private int count;
  private long samples;
  private long frames;

  /** Takes frames one by one. */
  @FunctionalInterface
  public interface Sink {
    /**
     * A frame.
     *
     * @param bands their logarithms, not yet levelled; the receiver's own
     */
    void accept(float[] bands);
  }

  private LogMel(MelSpec spec, Sink sink) {
    this.spec = requireNonNull(spec, "spec is null");
    this.sink = requireNonNull(sink, "sink is null");
    this.window = hann(spec.recipe() == MelSpec.Recipe.KALDI ? MelSpec.WINDOW - 1 : MelSpec.WINDOW);
    this.filters = MelFilters.of(spec);
    this.spectrum = new PowerSpectrum(spec.recipe().transform());
    this.frame = new double[spec.recipe().transform()];
    this.mirrored = spec.recipe().mirrored();
  }

  private static double[] hann(int period) {
    double[] window = new double[MelSpec.WINDOW];
    for (int i = 0; i < window.length; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / period);
    }
    return window;
  }

  /**
   * The spectrogram of a whole sound, levelled as the recipe says.
   *
   * @return {@code [frames][bands]}; as many frames as the recipe makes of so many samples
   */
  public static float[][] of(float[] samples, MelSpec spec) {
    List<float[]> frames = new ArrayList<>();
    LogMel stream = stream(spec, frames::add);
    stream.accept(samples, samples.length);
    stream.finish();
    float[][] clip = frames.toArray(float[][]::new);
    level(clip, spec);
    return clip;
  }

  /**
   * The same with a number of frames: a longer sound is cut, a shorter one followed by silence
   * where the recipe mirrors a sound, as Whisper does it, and by frames of zeros in Kaldi's, as
   * ImageBind does it.
   *
   * @param frames at least 1
   * @return {@code [frames][bands]}
   */
  public static float[][] of(float[] samples, MelSpec spec, int frames) {
    int wanted = spec.recipe().samples(frames);
    if (spec.recipe() != MelSpec.Recipe.KALDI || samples.length >= wanted) {
      return of(Arrays.copyOf(samples, Math.max(1, wanted)), spec);
    }
    float[][] found = of(Arrays.copyOf(samples, Math.max(samples.length, MelSpec.WINDOW)), spec);
    float[][] clip = Arrays.copyOf(found, frames);
    for (int i = found.length; i < frames; i++) {
      clip[i] = new float[spec.bands()];
    }
    return clip;
  }

  /**
   * A stream: give it samples, then {@link #finish} it. Its frames are not levelled, since that
   * needs the loudest of a clip: {@link #level} does it for as many frames as are one.
   */
  public static LogMel stream(MelSpec spec, Sink sink) {
    return new LogMel(spec, sink);
  }

  /**
   * Levels the frames of a clip in place, by the highest number among them.
   *
   * @param clip {@code [frames][bands]} as a stream gives them
   */
  public static void level(float[][] clip, MelSpec spec) {
    if (spec.recipe() == MelSpec.Recipe.KALDI) {
      return;
    }
    boolean whisper = spec.recipe() == MelSpec.Recipe.WHISPER;
    float highest = Float.NEGATIVE_INFINITY;
    for (float[] bands : clip) {
      for (float band : bands) {
        highest = Math.max(highest, band);
      }
    }
    double lowest = highest - (whisper ? WHISPER_RANGE : DECIBEL_RANGE);
    for (float[] bands : clip) {
      for (int i = 0; i < bands.length; i++) {
        double level = Math.max(bands[i], lowest);
        bands[i] = (float) (whisper ? (level + 4) / 4 : level);
      }
    }
  }

  @Override
  public void accept(float[] block, int size) {
    for (int from = 0; from < size; ) {
      int part = Math.min(size - from, kept.length - count);
      System.arraycopy(block, from, kept, count, part);
      from += part;
      count += part;
      samples += part;
      mirrorStart();
      if (samples > mirrored) {
        drain(Long.MAX_VALUE);
      }
    }
  }

  /** Puts the mirror image of the first samples before them, once they are there. */
  private void mirrorStart() {
    if (frames == 0 && samples > mirrored && count == samples && mirrored > 0) {
      float[] all = new float[Math.max(kept.length, count + mirrored) + mirrored];
      for (int i = 0; i < mirrored; i++) {
        all[i] = kept[mirrored - i];
      }
      System.arraycopy(kept, 0, all, mirrored, count);
      kept = all;
      count += mirrored;
    }
  }

  /** Makes the frames that need the end of the sound. */
  public void finish() {
    if (samples == 0) {
      return;
    }
    if (samples <= mirrored) {
      mirrorAll();
    } else {
      int end = count;
      kept = Arrays.copyOf(kept, count + mirrored);
      for (int i = 0; i < mirrored; i++) {
        kept[count++] = kept[end - 2 - i];
      }
    }
    drain(spec.recipe().frames(samples));
  }

  /** A sound shorter than its own margin is mirrored again and again. */
  private void mirrorAll() {
    float[] all = new float[count + 2 * mirrored];
    int period = Math.max(1, 2 * (count - 1));
    for (int i = 0; i < all.length; i++) {
      int at = Math.floorMod(i - mirrored, period);
      all[i] = kept[Math.min(at, period - at)];
    }
    kept = all;
    count = all.length;
  }

  /** Samples that there is room for. */
  int held() {
    return kept.length;
  }

  private void drain(long upTo) {
    int from = 0;
    while (count - from >= MelSpec.WINDOW && frames < upTo) {
      sink.accept(frame(from));
      frames++;
      from += MelSpec.HOP;
    }
    System.arraycopy(kept, from, kept, 0, count - from);
    count -= from;
  }

  private float[] frame(int from) {
    for (int i = 0; i < MelSpec.WINDOW; i++) {
      frame[i] = kept[from + i];
    }
    boolean kaldi = spec.recipe() == MelSpec.Recipe.KALDI;
    if (kaldi) {
      emphasise();
    }
    for (int i = 0; i < MelSpec.WINDOW; i++) {
      frame[i] *= window[i];
    }
    double[] sums = filters.of(spectrum.of(frame));
    float[] bands = new float[sums.length];
    for (int i = 0; i < bands.length; i++) {
      bands[i] = (float) log(sums[i]);
    }
    return bands;
  }

  private double log(double power) {
    return switch (spec.recipe()) {
      case WHISPER -> Math.log10(Math.max(FLOOR, power));
      case DECIBEL -> 10 * Math.log10(Math.max(FLOOR, power));
      case KALDI -> Math.log(Math.max(KALDI_FLOOR, power));
    };
  }

  /**
   * Takes the mean of the window away, then most of what each sample shares with the one before.
   */
  private void emphasise() {
    double mean = 0;
    for (int i = 0; i < MelSpec.WINDOW; i++) {
      mean += frame[i] / MelSpec.WINDOW;
    }
    for (int i = MelSpec.WINDOW - 1; i > 0; i--) {
      frame[i] = frame[i] - mean - EMPHASIS * (frame[i - 1] - mean);
    }
    frame[0] = (1 - EMPHASIS) * (frame[0] - mean);
  }
}
