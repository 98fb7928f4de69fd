// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.kind.Measured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TestVideoProbe {
  private static final Limits LIMITS = Limits.from(Settings.defaults());

  private static Values measure(Path file) throws Exception {
    return Measured.of(new VideoProbe(), Files.readAllBytes(file), LIMITS);
  }

  private static double number(Values row, String column) {
    return ((Number) row.find(column).orElseThrow()).doubleValue();
  }

  @Test
  void cutsAreFoundWhereTheyAre() throws Exception {
    Path shared = SharedData.require("data");
    Map<String, List<Double>> cuts =
        Files.readAllLines(shared.resolve("truth/scene_cuts.tsv")).stream()
            .skip(1)
            .map(line -> line.split("\t"))
            .collect(
                Collectors.groupingBy(
                    of -> of[0],
                    Collectors.mapping(of -> Double.valueOf(of[1]), Collectors.toList())));

    assertThat(cuts).isNotEmpty();
    for (Map.Entry<String, List<Double>> film : cuts.entrySet()) {
      List<?> found = (List<?>) measure(shared.resolve(film.getKey())).find("cuts").orElseThrow();

      assertThat(found).as(film.getKey()).hasSameSizeAs(film.getValue());
      for (int i = 0; i < found.size(); i++) {
        assertThat((Double) found.get(i)).isEqualTo(film.getValue().get(i), within(0.05));
      }
    }
  }

  @Test
  void factsAreThoseThatOthersRead() throws Exception {
    Path shared = SharedData.require("data");
    List<String> truth = Files.readAllLines(shared.resolve("truth/video_truth.tsv"));
    int compared = 0;
    for (String line : truth.subList(1, truth.size())) {
      String[] of = line.split("\t", -1);
      Values row = of[3].isEmpty() ? null : measure(shared.resolve(of[0]));
      if (row == null
          || row.text("error_code").isPresent()
          || of[0].matches(".*(bad|corrupted).*")) {
        continue;
      }
      compared++;
      boolean lying = !of[8].isEmpty() && Math.abs((int) Double.parseDouble(of[8])) % 180 == 90;
      boolean counted = !of[7].isEmpty();
      if (counted) {
        assertThat(number(row, "video_frames")).as(of[0]).isEqualTo(Double.parseDouble(of[7]));
      }
      assertThat(number(row, "video_seconds")) // what they say of the whole has the sound in it
          .as(of[0])
          .isEqualTo(
              counted ? Double.parseDouble(of[7]) / ratio(of[6]) : Double.parseDouble(of[2]),
              within(0.02));
      assertThat(row.text("video_codec")).as(of[0]).contains(of[3]);
      assertThat(number(row, lying ? "video_height" : "video_width"))
          .as(of[0])
          .isEqualTo(Double.parseDouble(of[4]));
      assertThat(number(row, lying ? "video_width" : "video_height"))
          .as(of[0])
          .isEqualTo(Double.parseDouble(of[5]));
    }

    assertThat(compared).isGreaterThan(8);
  }

  private static double ratio(String written) {
    String[] parts = written.split("/");
    return Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
  }

  @Test
  void aPhoneHeldUprightIsShownUpright() throws Exception {
    Values row = measure(SharedData.require("data/video/edge/video_90.mov"));

    assertThat(number(row, "video_rotation")).isEqualTo(90);
    assertThat(number(row, "video_width")).isEqualTo(320);
    assertThat(number(row, "video_height")).isEqualTo(568);
  }

  @Test
  void badFilesGetTheirCodes() throws Exception {
    Path video = SharedData.require("data/video");

    assertThat(measure(video.resolve("bad/truncated_no_moov.mp4")).text("error_code"))
        .contains("TRUNCATED");
    assertThat(measure(video.resolve("av/no_video_stream.mp4")).text("error_code"))
        .contains("NO_VIDEO_STREAM");
    assertThat(number(measure(video.resolve("bad/black.mp4")), "black")).isEqualTo(1);
    assertThat(number(measure(video.resolve("bad/one_frame.mp4")), "video_frames")).isEqualTo(1);
    Values damaged = measure(video.resolve("bad/bitrot.mp4"));
    assertThat(damaged.find("warnings")).isPresent().get().asList().isNotEmpty();
    assertThat(number(damaged, "video_missing")).isBetween(0.001, 0.5);
  }

  @Test
  void whatAHeaderDoesNotSayIsNotGuessed() throws Exception {
    assertThat(measure(SharedData.require("data/audio/tts/tts_00_en.wav")).text("error_code"))
        .contains("NO_VIDEO_STREAM");
  }
}
