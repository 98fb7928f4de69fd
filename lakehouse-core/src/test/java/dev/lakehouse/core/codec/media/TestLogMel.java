// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestLogMel {
  private static final int SAMPLES = 9_700; // of the fixture, which log_mel.py made

  /** A line of the fixture: one frame of one spectrogram. */
  record Expected(MelSpec spec, int frames, int frame, double[] bands) {
    @Override
    public String toString() {
      return "%s, frame %d".formatted(spec, frame);
    }
  }

  static Stream<Expected> fixture() throws IOException {
    try (InputStream in = TestLogMel.class.getResourceAsStream("log_mel.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(TestLogMel::read);
    }
  }

  private static Expected read(String line) {
    String[] of = line.split(" ");
    MelSpec spec =
        new MelSpec(
            MelSpec.Recipe.valueOf(of[0]),
            Integer.parseInt(of[1]),
            MelScale.valueOf(of[2]),
            MelSpec.Norm.valueOf(of[3]));
    double[] bands = Stream.of(of).skip(6).mapToDouble(Double::parseDouble).toArray();
    return new Expected(spec, Integer.parseInt(of[4]), Integer.parseInt(of[5]), bands);
  }

  /** The sound of the fixture: a rising tone, and noise. */
  private static float[] sound(int count) {
    float[] samples = new float[count];
    long state = 1;
    for (int i = 0; i < count; i++) {
      double t = (double) i / MelSpec.RATE;
      state = (state * 1_664_525 + 1_013_904_223) & 0xFFFF_FFFFL;
      double noise = state / Math.pow(2, 31) - 1;
      samples[i] = (float) (0.4 * Math.sin(2 * Math.PI * (100 * t + 5000 * t * t)) + 0.02 * noise);
    }
    return samples;
  }

  @ParameterizedTest
  @MethodSource("fixture")
  void isWhatAnIndependentProgramFound(Expected expected) {
    float[][] found = LogMel.of(sound(SAMPLES), expected.spec());

    assertThat(found.length).isEqualTo(expected.frames());
    float[] bands = found[expected.frame()];
    assertThat(bands.length).isEqualTo(expected.bands().length);
    for (int i = 0; i < bands.length; i++) {
      double wanted = expected.bands()[i];
      assertThat((double) bands[i])
          .as("band %d", i)
          .isEqualTo(wanted, within(1e-4 * Math.max(Math.abs(wanted), 0.1)));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 160, 201, 399, 4_096, 100_000})
  void aStreamIsTheSameInAnyBlocks(int block) {
    float[] sound = sound(SAMPLES);
    for (MelSpec.Recipe recipe : MelSpec.Recipe.values()) {
      MelSpec spec = new MelSpec(recipe, 80, MelScale.HTK, MelSpec.Norm.NONE);
      List<float[]> frames = new ArrayList<>();
      LogMel stream = LogMel.stream(spec, frames::add);
      for (int from = 0; from < sound.length; from += block) {
        float[] part = Arrays.copyOfRange(sound, from, Math.min(sound.length, from + block));
        stream.accept(part, part.length);
      }
      stream.finish();
      float[][] levelled = frames.toArray(float[][]::new);
      LogMel.level(levelled, spec);

      assertThat(levelled).isDeepEqualTo(LogMel.of(sound, spec));
    }
  }

  @Test
  void anHourHoldsLessThanASecond() {
    float[] second = sound(MelSpec.RATE);
    long[] frames = {0};
    LogMel stream = LogMel.stream(MelSpec.whisper(80), bands -> frames[0]++);
    int held = 0;
    for (int i = 0; i < 3600; i++) {
      stream.accept(second, second.length);
      held = Math.max(held, stream.held());
    }
    stream.finish();

    assertThat(frames[0]).isEqualTo(360_000);
    assertThat(held).isLessThan(MelSpec.RATE);
  }

  @Test
  void whisperSeesThirtySecondsOfAnything() {
    MelSpec spec = MelSpec.whisper(80);
    float[] sound = sound(SAMPLES);

    float[][] padded = LogMel.of(sound, spec, 3000);
    float[][] cut = LogMel.of(sound, spec, 20);

    assertThat(padded.length).isEqualTo(3000);
    assertThat(padded).isDeepEqualTo(LogMel.of(Arrays.copyOf(sound, 480_000), spec));
    // silence lies 8 powers of ten below the loudest, a quarter of that after Whisper's scaling
    assertThat(padded[2999][0]).isEqualTo(max(padded) - 2, within(1e-5f));
    assertThat(cut).isDeepEqualTo(LogMel.of(Arrays.copyOf(sound, 20 * MelSpec.HOP), spec));
  }

  private static float max(float[][] clip) {
    float max = Float.NEGATIVE_INFINITY;
    for (float[] bands : clip) {
      for (float band : bands) {
        max = Math.max(max, band);
      }
    }
    return max;
  }

  @Test
  void kaldiIsFollowedByFramesOfZeros() {
    MelSpec spec = MelSpec.kaldi(128);
    float[] sound = sound(SAMPLES);
    float[][] whole = LogMel.of(sound, spec);

    float[][] padded = LogMel.of(sound, spec, 204);

    assertThat(padded.length).isEqualTo(204);
    assertThat(Arrays.copyOf(padded, whole.length)).isDeepEqualTo(whole);
    assertThat(padded[whole.length]).containsOnly(0);
    assertThat(LogMel.of(sound, spec, 10)).isDeepEqualTo(Arrays.copyOf(whole, 10));
  }

  @ParameterizedTest
  @EnumSource
  void whatIsShorterThanAFrameHasItsAnswer(MelSpec.Recipe recipe) {
    MelSpec spec = new MelSpec(recipe, 80, MelScale.SLANEY, MelSpec.Norm.SLANEY);
    for (int samples : new int[] {0, 1, 2, 159, 160, 200, 201, 399, 400, 401}) {
      float[][] found = LogMel.of(sound(samples), spec);

      assertThat(found.length).as("%d samples", samples).isEqualTo((int) recipe.frames(samples));
      assertThat(LogMel.of(sound(samples), spec, 5).length).isEqualTo(5);
      for (float[] bands : found) {
        for (float band : bands) {
          assertThat(Float.isFinite(band)).isTrue();
        }
      }
    }
  }

  @Test
  void aToneStandsInItsBand() {
    float[] tone = new float[MelSpec.RATE];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) (0.5 * Math.sin(2 * Math.PI * 1000 * i / MelSpec.RATE));
    }

    float[] bands = LogMel.of(tone, MelSpec.decibel(80))[50];

    int loudest = 0;
    for (int band = 1; band < bands.length; band++) {
      loudest = bands[band] > bands[loudest] ? band : loudest;
    }
    double peak = MelScale.SLANEY.mel(8000) * (loudest + 1) / 81;
    assertThat(MelScale.SLANEY.hertz(peak)).isEqualTo(1000, within(40.0));
    assertThat(MelScale.HTK.hertz(MelScale.HTK.mel(440))).isEqualTo(440, within(1e-9));
    assertThat(MelScale.SLANEY.hertz(MelScale.SLANEY.mel(4400))).isEqualTo(4400, within(1e-9));
  }

  @Test
  void noBandsAreRefused() {
    assertThatThrownBy(() -> MelSpec.whisper(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid bands: 0 (must be between 1 and 512)");
  }
}
