// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.bundle.engine.Lease;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestSpeechStream {
  @TempDir Path folder;

  static Lease<SpeechDetector> lease(Path network) {
    Map<String, String> told = Map.of(Setting.SPEECH_BUNDLE.key(), network.toString());
    return SpeechDetector.lease(
        SpeechModel.from(Settings.defaults().orElse(told, "test"), ModelsRoot.at("none"))
            .orElseThrow());
  }

  /** Windows that swell and fade, others for each seed. */
  private static List<float[]> windows(int seed) {
    Random random = new Random(seed);
    List<float[]> windows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      float[] window = new float[SpeechStream.WINDOW];
      double loud = random.nextDouble();
      for (int at = 0; at < window.length; at++) {
        window[at] = (float) (loud * Math.sin(2 * Math.PI * (100 + 300 * loud) * at / 16_000.0));
      }
      windows.add(window);
    }
    return windows;
  }

  private static List<Float> heard(SpeechStream stream, List<float[]> windows) {
    return windows.stream().map(stream::probability).toList();
  }

  private static void requireSameAmongOthers(SpeechDetector detector) {
    List<Float> first = heard(detector.stream(), windows(1));
    List<Float> second = heard(detector.stream(), windows(2));
    SpeechStream one = detector.stream();
    SpeechStream other = detector.stream();
    List<Float> firstAmong = new ArrayList<>();
    List<Float> secondAmong = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      firstAmong.add(one.probability(windows(1).get(i)));
      secondAmong.add(other.probability(windows(2).get(i)));
    }

    assertThat(firstAmong).isEqualTo(first).isNotEqualTo(second);
    assertThat(secondAmong).isEqualTo(second);
    List<List<Float>> atOnce =
        IntStream.range(0, 8)
            .parallel()
            .mapToObj(i -> heard(detector.stream(), windows(1 + i % 2)))
            .toList();
    for (int i = 0; i < atOnce.size(); i++) {
      assertThat(atOnce.get(i)).isEqualTo(i % 2 == 0 ? first : second);
    }
  }

  @Test
  void aSoundIsHeardTheSameAloneAndAmongOthers() {
    try (Lease<SpeechDetector> tiny = lease(TinyDetector.write(folder.resolve("a.onnx"), 1))) {
      requireSameAmongOthers(tiny.value());
    }
  }

  @Test
  void aRealDetectorHearsTheSameAloneAndAmongOthers() {
    Path silero = SharedData.require("models/silero-vad/silero_vad_v5.onnx");

    try (Lease<SpeechDetector> real = lease(silero)) {
      requireSameAmongOthers(real.value());
    }
  }

  /** By the network: half of the loudness of the window, and half of what was before. */
  @Test
  void aWindowComesAfterTheLastSamplesOfTheOneBeforeAndAfterItsState() {
    float[] loud = new float[SpeechStream.WINDOW];
    Arrays.fill(loud, 0.5f);
    try (Lease<SpeechDetector> tiny = lease(TinyDetector.write(folder.resolve("a.onnx"), 1))) {
      SpeechStream stream = tiny.value().stream();

      float first = stream.probability(loud);
      float second = stream.probability(loud);
      float third = stream.probability(new float[SpeechStream.WINDOW]);

      assertThat(first).isEqualTo(0.25f / 2 * 512 / 576, within(1e-6f)); // no sample before it
      assertThat(second).isEqualTo(first / 2 + 0.25f / 2, within(1e-6f));
      assertThat(third).isEqualTo(second / 2 + 0.25f / 2 * 64 / 576, within(1e-6f));
    }
  }

  @Test
  void oneSessionIsOpenHoweverManyHear() {
    Path network = TinyDetector.write(folder.resolve("once.onnx"), 0.75);

    try (Lease<SpeechDetector> one = lease(network);
        Lease<SpeechDetector> other = lease(network)) {
      assertThat(one.value()).isSameAs(other.value());
    }
    try (Lease<SpeechDetector> later = lease(network)) {
      assertThat(later.value()).isNotNull();
    }
  }
}
