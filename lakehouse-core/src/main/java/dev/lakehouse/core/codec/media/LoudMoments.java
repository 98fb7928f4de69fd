// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import dev.lakehouse.core.ItemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Finds where a recording is loudest. */
final class LoudMoments {
  private static final int RATE = 8_000;
  private static final int WINDOW = RATE / 2;

  private final List<Double> powers = new ArrayList<>(); // mean squares, one for each window
  private double sum;
  private int count;

  private LoudMoments() {}

  /**
   * Seconds of the loudest half seconds, in order: the loudest one first, then each that is far
   * enough from those before.
   */
  static List<Double> of(MediaFile media, FrameChoice choice) throws ItemException {
    LoudMoments moments = new LoudMoments();
    Sound.mono(media, media.requireSound(), RATE, moments::accept);
    return moments.loudest(choice.everySeconds(), choice.atMost());
  }

  private void accept(float[] samples, int read) {
    for (int i = 0; i < read; i++) {
      sum += samples[i] * samples[i];
      if (++count == WINDOW) {
        powers.add(sum / WINDOW);
        sum = 0;
        count = 0;
      }
    }
  }

  private List<Double> loudest(int apart, int atMost) {
    List<Double> found = new ArrayList<>();
    List<Integer> byPower =
        IntStream.range(0, powers.size())
            .boxed()
            .sorted(Comparator.comparing((Integer window) -> powers.get(window)).reversed())
            .toList();
    for (int window : byPower) {
      double seconds = window * (double) WINDOW / RATE;
      if (found.size() < atMost
          && found.stream().allMatch(other -> Math.abs(other - seconds) >= apart)) {
        found.add(seconds);
      }
    }
    return found.isEmpty() ? List.of(0.0) : found.stream().sorted().toList();
  }
}
