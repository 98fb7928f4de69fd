// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.audio;

import dev.lakehouse.core.bundle.description.SoundPreprocessing;
import dev.lakehouse.core.codec.media.LogMel;
import dev.lakehouse.core.codec.media.MelScale;
import dev.lakehouse.core.codec.media.MelSpec;
import dev.lakehouse.core.codec.media.Sound;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a sound into clips while it passes, and makes of each what a tower reads. However long the
 * sound is, little more is held than the clips that may be kept.
 *
 * <p>Clips follow each other without gap or overlap; the last one counts if it is half full, or the
 * only one. Where there are more than may be kept, every second one is left out, and then every
 * second of those: what is kept is spread evenly over the whole, and is known without knowing how
 * long that will be.
 */
final class SoundClips implements Sound.Sink {
  /** Changes when the same sound would become other clips; part of the encoder's name. */
  static final String STEPS = "log-mel@1 clips-halved@1";

  private final SoundPreprocessing how;
  private final MelSpec spec;
  private final float[] clip;
  private final List<float[]> kept = new ArrayList<>();
  private int filled;
  private long clips;
  private long step = 1;

  SoundClips(SoundPreprocessing how) {
    this.how = how;
    this.spec = spec(how);
    this.clip = new float[(int) Math.max(1, Math.round(how.seconds() * MelSpec.RATE))];
  }

  private static MelSpec spec(SoundPreprocessing how) {
    MelSpec usual =
        switch (how.mel()) {
          case WHISPER -> MelSpec.whisper(how.bands());
          case DECIBEL -> MelSpec.decibel(how.bands());
          case KALDI -> MelSpec.kaldi(how.bands());
        };
    return new MelSpec(
        usual.recipe(),
        usual.bands(),
        how.scale().map(scale -> MelScale.valueOf(scale.name())).orElse(usual.scale()),
        how.norm().map(norm -> MelSpec.Norm.valueOf(norm.name())).orElse(usual.norm()));
  }

  @Override
  public void accept(float[] samples, int count) {
    for (int from = 0; from < count; ) {
      int part = Math.min(count - from, clip.length - filled);
      System.arraycopy(samples, from, clip, filled, part);
      from += part;
      filled += part;
      if (filled == clip.length) {
        take();
      }
    }
  }

  private void take() {
    if (clips % step == 0) {
      kept.add(features(Arrays.copyOf(clip, filled)));
    }
    clips++;
    filled = 0;
    if (kept.size() > how.clips()) {
      for (int i = kept.size() - 1; i > 0; i--) {
        if (i % 2 == 1) {
          kept.remove(i);
        }
      }
      step *= 2;
    }
  }

  /**
   * What was kept of a sound that has ended.
   *
   * @return in the order of time, each as the tower's layout has it; none for a sound without a
   *     sample
   */
  List<float[]> finish() {
    if (filled > 0 && (clips == 0 || 2 * filled >= clip.length)) {
      take();
    }
    return kept;
  }

  private float[] features(float[] samples) {
    float[][] mel = LogMel.of(samples, spec, how.frames());
    float[] features = new float[how.bands() * how.frames()];
    boolean bandsFirst = how.layout().isBandsFirst();
    for (int frame = 0; frame < how.frames(); frame++) {
      for (int band = 0; band < how.bands(); band++) {
        int at = bandsFirst ? band * how.frames() + frame : frame * how.bands() + band;
        features[at] = (float) ((mel[frame][band] - how.mean()) / how.std());
      }
    }
    return features;
  }
}
