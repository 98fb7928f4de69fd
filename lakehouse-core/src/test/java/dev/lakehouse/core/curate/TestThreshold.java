// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.core.curate.Threshold.Part;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestThreshold {
  private static List<Threshold> of(String condition) {
    return Threshold.of(new Rule("a-rule", "text", condition, Severity.FAIL, "CODE"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "words >= 5 | words >= 5",
        "5 <= words | words >= 5",
        "(symbols <= 0.5) | symbols <= 0.5",
        "emails = 0 AND phones = 0 | emails = 0, phones = 0",
        "video_frames >= 2 and video_seconds >= 0.05 | video_frames >= 2, video_seconds >= 0.05",
        "least(width, height) >= 64 | width >= 64, height >= 64",
        "luminance BETWEEN 0.02 AND 0.98 AND width > 1 | luminance >= 0.02, luminance <= 0.98, width > 1",
        "forall(captions, c -> c.words >= 2) | words >= 2",
        "size(warnings) = 0 AND black < 0.98 | black < 0.98",
      })
  void comparisonsOfAFigureWithAConstantAreFound(String condition, String found) {
    assertThat(of(condition).stream().map(Threshold::words)).containsExactly(found.split(", "));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "uniformity < 0.99 OR mean_luminance BETWEEN 0.02 AND 0.98",
        "chars <= 18 * words",
        "NOT words >= 5",
        "x NOT BETWEEN 1 AND 2",
        "greatest(width, height) >= 64",
        "exists(captions, c -> c.words >= 2)",
        "title = 'words >= 5 AND'",
        "facts['words'] >= 5",
        "CASE WHEN words > 1 THEN true END",
        "forall(captions, c -> c.words >= 2 OR c.chars > 1)"
      })
  void whatSaysMoreIsPassedOver(String condition) {
    assertThat(of(condition)).isEmpty();
  }

  @Test
  void theFiguresOfCaptionsAreNotThoseOfTheirPicture() {
    assertThat(of("forall(captions, c -> c.words >= 2) AND words >= 3"))
        .extracting(Threshold::of)
        .containsExactly(Part.CAPTIONS, Part.CONTENT);
  }

  @Test
  void aValueIsOnOneOfBothSides() {
    assertThat(of("words >= 5").get(0).holds(5)).isTrue();
    assertThat(of("words > 5").get(0).holds(5)).isFalse();
    assertThat(of("words < 5").get(0).holds(5)).isFalse();
    assertThat(of("words <= 5").get(0).holds(5)).isTrue();
    assertThat(of("words = 5").get(0).holds(5.1)).isFalse();
  }

  @Test
  void theBuiltInPolicyHasThresholdsForEachKindOfContent() {
    List<Threshold> found =
        Policy.builtIn().rules().stream().flatMap(rule -> Threshold.of(rule).stream()).toList();

    assertThat(found)
        .extracting(Threshold::words)
        .contains(
            "words >= 5", "aspect_ratio <= 8", "silence < 0.98", "black < 0.98", "chars <= 1000");
  }
}
