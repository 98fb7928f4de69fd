// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.audio;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.JvmFolder;
import dev.lakehouse.core.bundle.description.Input;
import dev.lakehouse.core.bundle.description.SoundPreprocessing;
import dev.lakehouse.core.bundle.engine.Scratch;
import dev.lakehouse.core.bundle.engine.Tensor;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.media.MediaFile;
import dev.lakehouse.core.codec.media.MelSpec;
import dev.lakehouse.core.codec.media.Sound;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.embed.Preparation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decodes a sound once, in a child process, and makes clips of it that a tower reads. */
final class AudioPreparation implements Preparation<List<float[]>> {
  /** Changes when the same bytes would become other numbers; part of the encoder's name. */
  static final String STEPS = "ffmpeg-mono-16k@1 " + SoundClips.STEPS;

  private final SoundPreprocessing how;
  private final Limits limits;

  AudioPreparation(SoundPreprocessing how, Limits limits) {
    this.how = how;
    this.limits = limits;
  }

  @Override
  public boolean isFromFile() {
    return true;
  }

  @Override
  public Duration patience() {
    return limits.media().limits().item();
  }

  /** The clips, one more than are kept, and the samples of one. */
  @Override
  public long bytesToPrepare(EmbedInput input) {
    long samples = (long) (how.seconds() * MelSpec.RATE);
    return Float.BYTES * ((how.clips() + 1L) * how.bands() * how.frames() + samples);
  }

  @Override
  public List<float[]> prepare(EmbedInput input) throws ItemException {
    try {
      if (input instanceof EmbedInput.Stored stored) {
        try (Opened opened = stored.contents().open(stored.content())) {
          return clips(opened.file());
        }
      }
      return clips(((EmbedInput.Bytes) input).bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("No room for a copy of it, or none to read it from", e);
    }
  }

  private List<float[]> clips(byte[] bytes) throws ItemException, IOException {
    Path folder = JvmFolder.newFolder("sound");
    try {
      return clips(Files.write(folder.resolve("content"), bytes));
    } finally {
      JvmFolder.delete(folder);
    }
  }

  private List<float[]> clips(Path file) throws ItemException, IOException {
    MediaFile media = MediaFile.open(file, limits.media());
    SoundClips clips = new SoundClips(how);
    Sound.mono(media, media.requireSound(), MelSpec.RATE, clips);
    List<float[]> kept = clips.finish();
    if (kept.isEmpty()) {
      throw new ItemException(ItemError.ZERO_DURATION, "No sound in it");
    }
    return kept;
  }

  @Override
  public long bytes(List<float[]> clips) {
    return clips.stream().mapToLong(clip -> (long) Float.BYTES * clip.length).sum();
  }

  @Override
  public int length(List<float[]> clips) {
    return clips.size();
  }

  @Override
  public List<float[]> least() {
    return List.of(new float[how.bands() * how.frames()]);
  }

  @Override
  public Batch batch(List<List<float[]>> sounds, Scratch scratch) {
    List<Integer> parts = sounds.stream().map(List::size).toList();
    int rows = parts.stream().mapToInt(Integer::intValue).sum();
    Tensor.Floats batch = scratch.floats(Input.MEL, how.shape(rows));
    sounds.forEach(clips -> clips.forEach(clip -> batch.values().put(clip)));
    return new Batch(Map.of(Input.MEL, batch), Optional.empty(), Optional.of(parts));
  }
}
