// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import static dev.lakehouse.core.bundle.description.Checks.check;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is done to a sound before a tower sees it, in this order: decode, mix to one channel of 16
 * kHz, cut into clips, make of each a log-mel spectrogram with a number of frames, subtract the
 * mean, divide by the standard deviation.
 *
 * @param mel which spectrogram
 * @param scale on which its bands are evenly spaced; that of its makers unless said
 * @param norm how high its bands are; that of its makers unless said
 * @param bands numbers of a frame
 * @param frames of a clip
 * @param seconds of sound in a clip
 * @param clips of a sound at most; of a longer one clips are left out evenly. A sound's vector is
 *     the mean of those of its clips
 * @param mean of all bands
 * @param std standard deviation of all bands
 * @param layout axes of what the network takes
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SoundPreprocessing(
    Mel mel,
    Optional<Scale> scale,
    Optional<Norm> norm,
    int bands,
    int frames,
    double seconds,
    int clips,
    double mean,
    double std,
    Layout layout) {
  private static final int MOST_BANDS = 512;
  private static final int MOST_FRAMES = 10_000;
  private static final int MOST_CLIPS = 64;

  /** Frames, window and logarithm of a spectrogram. */
  public enum Mel {
    /** As OpenAI Whisper has it. */
    @JsonProperty("whisper")
    WHISPER,
    /** In decibels, as librosa has it. */
    @JsonProperty("decibel")
    DECIBEL,
    /** As Kaldi, ImageBind and the Audio Spectrogram Transformer have it. */
    @JsonProperty("kaldi")
    KALDI
  }

  /** A formula for pitch. */
  public enum Scale {
    /** Of Slaney's Auditory Toolbox. */
    @JsonProperty("slaney")
    SLANEY,
    /** Of HTK and Kaldi. */
    @JsonProperty("htk")
    HTK
  }

  /** How high a band is. */
  public enum Norm {
    /** Each reaches 1. */
    @JsonProperty("none")
    NONE,
    /** Each has the same area. */
    @JsonProperty("slaney")
    SLANEY
  }

  /** Axes of a batch of n clips. */
  public enum Layout {
    /** {@code [n, bands, frames]}, as Whisper takes it. */
    @JsonProperty("n-bands-frames")
    BANDS_FRAMES(true, 3),
    /** {@code [n, frames, bands]}, as the Audio Spectrogram Transformer takes it. */
    @JsonProperty("n-frames-bands")
    FRAMES_BANDS(false, 3),
    /** {@code [n, 1, bands, frames]}, as ImageBind takes it. */
    @JsonProperty("n-1-bands-frames")
    ONE_BANDS_FRAMES(true, 4),
    /** {@code [n, 1, frames, bands]}, as CLAP takes it. */
    @JsonProperty("n-1-frames-bands")
    ONE_FRAMES_BANDS(false, 4);

    private final boolean bandsFirst;
    private final int axes;

    Layout(boolean bandsFirst, int axes) {
      this.bandsFirst = bandsFirst;
      this.axes = axes;
    }

    /** Whether a band's frames stand side by side, rather than a frame's bands. */
    public boolean isBandsFirst() {
      return bandsFirst;
    }
  }

  public SoundPreprocessing {
    requireNonNull(mel, "mel is missing");
    requireNonNull(scale, "scale is null");
    requireNonNull(norm, "norm is null");
    requireNonNull(layout, "layout is missing");
    check(bands > 0 && bands <= MOST_BANDS, "bands %d: expected 1 to %d", bands, MOST_BANDS);
    check(frames > 0 && frames <= MOST_FRAMES, "frames %d: expected 1 to %d", frames, MOST_FRAMES);
    check(clips > 0 && clips <= MOST_CLIPS, "clips %d: expected 1 to %d", clips, MOST_CLIPS);
    check(
        seconds > 0 && seconds <= 2 * frames / 100.0,
        "seconds %s: expected more than 0, and no more than twice what %d frames of 10 ms show",
        seconds,
        frames);
    check(Double.isFinite(mean), "mean %s: expected a number", mean);
    check(std > 0 && Double.isFinite(std), "std %s: expected more than 0", std);
  }

  /** Shape of a batch of so many clips. */
  public long[] shape(int count) {
    List<Integer> shape = new ArrayList<>(List.of(count));
    if (layout.axes > 3) {
      shape.add(1);
    }
    shape.add(layout.bandsFirst ? bands : frames);
    shape.add(layout.bandsFirst ? frames : bands);
    return shape.stream().mapToLong(Integer::longValue).toArray();
  }
}
