// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.audio;

import static dev.lakehouse.core.Column.optional;
import static dev.lakehouse.core.ColumnType.Scalar.BIGINT;
import static dev.lakehouse.core.ColumnType.Scalar.DOUBLE;
import static dev.lakehouse.core.ColumnType.Scalar.INT;
import static dev.lakehouse.core.ColumnType.Scalar.STRING;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.bundle.speech.SpeechDetector;
import dev.lakehouse.core.bundle.speech.SpeechModel;
import dev.lakehouse.core.bundle.speech.SpeechStream;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.media.MediaFile;
import dev.lakehouse.core.codec.media.MediaStream;
import dev.lakehouse.core.codec.media.Sound;
import dev.lakehouse.core.codec.media.SoundReport;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.curate.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Measures a sound, decoding it once and to its end; once more, as one channel at the rate that it
 * hears, where a detector tells speech. How long a sound is, is what was decoded: headers lie, and
 * are kept beside.
 *
 * <p>What tells speech is part of its name, so that figures by different means never count
 * together: {@code audio@1} tells it by its energy, {@code audio@1+speech@1:<sha256>} by the
 * network of that digest. Neither counts as a version before of the other.
 */
public final class AudioProbe implements Probe {
  private static final long serialVersionUID = 1L;
  private static final double HALF_A_SECOND = 0.5;
  private static final String ENERGY = "energy";

  private final @Nullable SpeechModel detector; // absent where speech is told by its energy

  /** One that tells speech by its energy. */
  public AudioProbe() {
    this.detector = null;
  }

  /** One that has a detector tell speech. */
  public AudioProbe(SpeechModel detector) {
    this.detector = detector;
  }

  @Override
  public String name() {
    return detector == null
        ? "audio@1"
        : "audio@1+%s:%s".formatted(SpeechShare.STEPS, detector.sha256());
  }

  @Override
  public List<String> before() {
    return List.of();
  }

  @Override
  public String modality() {
    return Modality.AUDIO.word();
  }

  @Override
  public List<Column> columns() {
    return List.of(
        optional("audio_format", STRING, "container format"),
        optional("audio_codec", STRING, "coding, by FFmpeg's name"),
        optional("audio_seconds", DOUBLE, "decoded sound"),
        optional("audio_declared_seconds", DOUBLE, "what the header claims"),
        optional("audio_missing", DOUBLE, "share of the claimed sound that is not there, 0 to 1"),
        optional("sample_rate", INT, "samples a second"),
        optional("audio_channels", INT, "how many"),
        optional("audio_bit_rate", BIGINT, "bits a second"),
        optional("loudness", DOUBLE, "integrated, LUFS by EBU R128; NULL for silence"),
        optional("loudness_range", DOUBLE, "LU by EBU R128"),
        optional("true_peak", DOUBLE, "dB of full scale, between samples too"),
        optional("clipping", DOUBLE, "share of samples at full scale, 0 to 1"),
        optional("silence", DOUBLE, "share of time below -60 dB of full scale, 0 to 1"),
        optional("signal_to_noise", DOUBLE, "dB between loud and faint passages, estimated"),
        optional("zero_crossings", DOUBLE, "changes of sign for each sample, 0 to 1"),
        optional("speech", DOUBLE, "share of time with speech, 0 to 1"),
        optional(
            "speech_by",
            STRING,
            "what told speech: energy, or detector and the digest of its network"));
  }

  @Override
  public String amount() {
    return "CAST(1000 * audio_seconds AS BIGINT)";
  }

  @Override
  public Duration patience(Limits limits) {
    Duration child = limits.media().limits().item();
    return detector == null ? child : child.multipliedBy(2); // one that measures, one that it hears
  }

  @Override
  public void measure(Opened content, Limits limits, Values figures) throws ItemException {
    try {
      MediaFile media = MediaFile.open(content.file(), limits.media());
      MediaStream stream = media.requireSound();
      measure(media, stream, figures);
      setMissing(media, stream, figures);
      if (detector != null) {
        setSpeech(media, stream, detector, figures);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("No room for a copy of it, or none to read it from", e);
    }
  }

  private static void measure(MediaFile media, MediaStream stream, Values figures)
      throws ItemException {
    SoundFigures sound = new SoundFigures(stream.sampleRate(), stream.channels());
    SoundReport report = Sound.measure(media, stream, sound);
    if (sound.seconds() == 0) {
      throw new ItemException(
          report.complaints().isEmpty() ? ItemError.ZERO_DURATION : ItemError.CORRUPT,
          "No sound in it: " + String.join("; ", report.complaints()));
    }
    setFacts(media, stream, figures);
    figures
        .set("audio_seconds", sound.seconds())
        .set("clipping", sound.clipping())
        .set("silence", sound.silence())
        .set("signal_to_noise", sound.signalToNoise())
        .set("zero_crossings", sound.crossings())
        .set("speech", sound.speech())
        .set("speech_by", ENERGY)
        .set("warnings", report.complaints());
    set(figures, "loudness", report.lufs());
    set(figures, "loudness_range", report.range());
    set(figures, "true_peak", report.truePeak());
  }

  private static void setSpeech(MediaFile media, MediaStream stream, SpeechModel by, Values figures)
      throws ItemException {
    try (Lease<SpeechDetector> warm = SpeechDetector.lease(by)) {
      SpeechShare share = new SpeechShare(warm.value().stream());
      Sound.mono(media, stream, SpeechStream.RATE, share);
      figures.set("speech", share.finish()).set("speech_by", "detector " + by.sha256());
    }
  }

  /** What is shorter than half a second may be the delay of an encoder. */
  private static void setMissing(MediaFile media, MediaStream stream, Values figures)
      throws IOException {
    double decoded = (double) figures.find("audio_seconds").orElseThrow();
    double claimed = stream.seconds().orElse(media.seconds().orElse(0));
    double bytes = media.missingBytes();
    double missing = bytes / (bytes + Files.size(media.file()));
    if (claimed - decoded > HALF_A_SECOND) {
      missing = Math.max(missing, 1 - decoded / claimed);
    }
    figures.set("audio_missing", missing);
  }

  private static void setFacts(MediaFile media, MediaStream stream, Values figures) {
    figures
        .set("audio_format", media.format())
        .set("audio_codec", stream.codec())
        .set("sample_rate", stream.sampleRate())
        .set("audio_channels", stream.channels());
    set(
        figures,
        "audio_declared_seconds",
        stream.seconds().isPresent() ? stream.seconds() : media.seconds());
    long rate = stream.bitRate().orElse(media.bitRate().orElse(0));
    if (rate > 0) {
      figures.set("audio_bit_rate", rate);
    }
  }

  private static void set(Values figures, String column, OptionalDouble value) {
    if (value.isPresent()) {
      figures.set(column, value.getAsDouble());
    }
  }
}
