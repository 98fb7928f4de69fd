// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.media.Waves;
import dev.lakehouse.core.kind.Measured;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TestAudioProbe {
  private static final Limits LIMITS = Limits.from(Settings.defaults());
  private static final int RATE = 16_000;

  private static Values measure(byte[] bytes) {
    return Measured.of(new AudioProbe(), bytes, LIMITS);
  }

  private static double number(Values row, String column) {
    return ((Number) row.find(column).orElseThrow()).doubleValue();
  }

  private static String code(Values row) {
    return row.text("error_code").orElse("");
  }

  @Test
  void aToneIsWhatItIs() {
    Values row = measure(Waves.tone(RATE, 2, 1000, 0.1));

    assertThat(row.text("audio_codec")).contains("pcm_s16le");
    assertThat(number(row, "audio_seconds")).isEqualTo(2, within(1e-9));
    assertThat(number(row, "sample_rate")).isEqualTo(RATE);
    assertThat(number(row, "audio_channels")).isEqualTo(1);
    assertThat(number(row, "true_peak")).isEqualTo(-20, within(0.2));
    // EBU Tech 3341: a tone of 1 kHz has about the loudness of its mean square, less 0.69, and K
    assertThat(number(row, "loudness")).isEqualTo(-23, within(0.5));
    assertThat(number(row, "zero_crossings")).isEqualTo(2 * 1000.0 / RATE, within(0.001));
    assertThat(number(row, "signal_to_noise")).isLessThan(1.5);
    assertThat(number(row, "silence")).isZero();
    assertThat(number(row, "speech")).isZero();
    assertThat(number(row, "clipping")).isZero();
  }

  @Test
  void silenceHasNoLoudness() {
    Values row = measure(Waves.mono(RATE, RATE, i -> 0));

    assertThat(row.find("loudness")).isEmpty();
    assertThat(number(row, "silence")).isEqualTo(1);
  }

  @Test
  void whatIsTooLoudIsClipped() {
    Values row = measure(Waves.tone(RATE, 1, 440, 3));

    assertThat(number(row, "clipping")).isGreaterThan(0.5);
  }

  @Test
  void noiseIsEvenAndCrossesZeroAllTheTime() {
    Random random = new Random(7);
    Values row = measure(Waves.mono(RATE, 2 * RATE, i -> 0.4 * (random.nextDouble() - 0.5)));

    assertThat(number(row, "zero_crossings")).isEqualTo(0.5, within(0.02));
    assertThat(number(row, "signal_to_noise")).isLessThan(4);
  }

  @Test
  void wordsWithPausesAreToldFromTheFloor() {
    Random random = new Random(7);
    Values row =
        measure(
            Waves.mono(
                RATE,
                4 * RATE,
                i -> (i / RATE % 2 == 0 ? 0.5 : 0.002) * (random.nextDouble() - 0.5)));

    assertThat(number(row, "signal_to_noise")).isEqualTo(48, within(3.0));
    assertThat(number(row, "speech")).isEqualTo(0.5, within(0.02));
  }

  @Test
  void aHeaderWithoutSoundHasNoDuration() {
    assertThat(code(measure(Waves.mono(RATE, 0, i -> 0)))).isEqualTo("ZERO_DURATION");
  }

  @Test
  void whatAHeaderPromisesAndTheFileLacksIsMissing() {
    byte[] whole = Waves.tone(RATE, 2, 440, 0.3);

    Values half = measure(Arrays.copyOf(whole, whole.length / 2));

    assertThat(number(half, "audio_seconds")).isEqualTo(1, within(0.01));
    assertThat(number(half, "audio_missing")).isEqualTo(0.5, within(0.01));
    assertThat(number(measure(whole), "audio_missing")).isZero();
  }

  @Test
  void aHeaderThatClaimsFourGigabytesIsNotBelieved() {
    byte[] wave = Waves.tone(RATE, 1, 440, 0.3);
    ByteBuffer.wrap(wave).order(ByteOrder.LITTLE_ENDIAN).putInt(40, 0xFFFF_FFF0);

    Values row = measure(wave);

    assertThat(number(row, "audio_seconds")).isEqualTo(1, within(1e-6));
    assertThat(number(row, "audio_missing")).isZero();
  }

  @Test
  void aHeaderWithoutARateIsRefused() {
    byte[] wave = Waves.tone(RATE, 1, 440, 0.3);
    ByteBuffer.wrap(wave).order(ByteOrder.LITTLE_ENDIAN).putInt(24, 0);

    assertThat(code(measure(wave))).isEqualTo("CORRUPT");
  }

  @Test
  void whatHasNoDecoderSaysSo() {
    byte[] midi = {'M', 'T', 'h', 'd', 0, 0, 0, 6, 0, 0, 0, 1, 0, 96};

    assertThat(code(measure(midi))).isEqualTo("UNSUPPORTED_FORMAT");
  }

  @Test
  void realFilesAreAsLongAsOthersSay() throws Exception {
    Path shared = SharedData.require("data");
    List<String> truth = Files.readAllLines(shared.resolve("truth/audio_truth.tsv"));
    int compared = 0;
    int agree = 0;
    for (String line : truth.subList(1, truth.size())) {
      String[] of = line.split("\t", -1);
      if (of[2].isEmpty() || of[0].contains("/fsdd/")) {
        continue;
      }
      Values row = measure(read(shared.resolve(of[0])));
      if (!code(row).isEmpty()) {
        continue; // refused, and listed by the test of bad files
      }
      compared++;
      double declared = number(row, "audio_declared_seconds");
      boolean same =
          Math.abs(declared - Double.parseDouble(of[2])) < 0.02
              && number(row, "sample_rate") == Double.parseDouble(of[10])
              && number(row, "audio_channels") == Double.parseDouble(of[11])
              && row.text("audio_codec").orElse("").equals(of[9]);
      agree += same ? 1 : 0;
    }

    assertThat(compared).isGreaterThan(40);
    assertThat((double) agree / compared).isGreaterThan(0.98);
  }

  @Test
  void badFilesGetTheirCodes() throws Exception {
    Path bad = SharedData.require("data/audio/bad");
    Path formats = SharedData.require("data/audio/formats");

    assertThat(code(measure(read(bad.resolve("header_only.wav"))))).isEqualTo("ZERO_DURATION");
    assertThat(code(measure(read(bad.resolve("zero_rate.wav"))))).isEqualTo("CORRUPT");
    assertThat(number(measure(read(bad.resolve("truncated.wav"))), "audio_missing"))
        .isEqualTo(0.5, within(0.01));
    assertThat(number(measure(read(bad.resolve("truncated.mp3"))), "audio_missing"))
        .isEqualTo(0.5, within(0.05));
    assertThat(code(measure(read(formats.resolve("testMP4_drm.m4a"))))).isEqualTo("ENCRYPTED");
    assertThat(code(measure(read(formats.resolve("testMP4_truncated.m4a")))))
        .isEqualTo("NO_AUDIO_STREAM");
  }

  @Test
  void theDelayOfAnEncoderIsTakenOff() throws Exception {
    Path shared = SharedData.require("data/audio");

    Values original = measure(read(shared.resolve("tts/tts_00_en.wav")));
    Values coded = measure(read(shared.resolve("neardup/tts00_mp3_64.mp3")));

    assertThat(number(coded, "audio_seconds"))
        .isEqualTo(number(original, "audio_seconds"), within(0.036)); // one frame of it
  }

  private static byte[] read(Path file) throws IOException {
    return Files.readAllBytes(file);
  }
}
