// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.media.DrawnFilm;
import dev.lakehouse.core.codec.media.FrameChoice;
import dev.lakehouse.core.codec.media.FrameChoice.Method;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.derive.Still;
import dev.lakehouse.core.kind.Measured;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestVideoKeyframes {
  private static final Limits LIMITS = Limits.from(Settings.defaults());
  private static final List<Color> SHOTS = List.of(Color.RED, Color.GREEN, Color.BLUE);

  @TempDir Path folder;

  private static FrameChoice choice(Method method, int every, int atMost) {
    return new FrameChoice(method, every, atMost, 768);
  }

  private static List<Still> stills(Path film, FrameChoice choice) throws Exception {
    try (Opened content = Measured.opened(Files.readAllBytes(film))) {
      return new VideoKeyframes(choice).pieces(content, LIMITS);
    }
  }

  private static double from(Still still) {
    return Double.parseDouble(still.segment().split("[/-]")[1]);
  }

  private static List<Double> starts(List<Still> stills) {
    return stills.stream().map(TestVideoKeyframes::from).toList();
  }

  private static BufferedImage picture(Still still) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(still.jpeg()));
  }

  private static Color middle(Still still) throws IOException {
    BufferedImage picture = picture(still);
    return new Color(picture.getRGB(picture.getWidth() / 2, picture.getHeight() / 4));
  }

  @Test
  void eachShotHasOnePictureAndItsTimes() throws Exception {
    Path film = DrawnFilm.draw(folder, 10, 20, "1/1", SHOTS);

    List<Still> stills = stills(film, choice(Method.SCENE, 10, 200));

    assertThat(stills.stream().map(Still::segment))
        .containsExactly("time/0.000-2.000", "time/2.000-4.000", "time/4.000-5.900");
    for (int i = 0; i < stills.size(); i++) {
      assertThat(middle(stills.get(i)).getRed()).isCloseTo(SHOTS.get(i).getRed(), within(12));
      assertThat(middle(stills.get(i)).getGreen()).isCloseTo(SHOTS.get(i).getGreen(), within(12));
      assertThat(middle(stills.get(i)).getBlue()).isCloseTo(SHOTS.get(i).getBlue(), within(12));
    }
  }

  @Test
  void aLongShotHasMore() throws Exception {
    Path film = DrawnFilm.draw(folder, 5, 50, "1/1", SHOTS.subList(0, 1));

    assertThat(starts(stills(film, choice(Method.SCENE, 3, 200)))).hasSize(4).startsWith(0.0);
  }

  @Test
  void evenTimesAreEven() throws Exception {
    Path film = DrawnFilm.draw(folder, 10, 20, "1/1", SHOTS);

    assertThat(starts(stills(film, choice(Method.UNIFORM, 1, 200))))
        .containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0);
  }

  @Test
  void aLimitSpreadsThemOverTheWholeFilm() throws Exception {
    Path film = DrawnFilm.draw(folder, 5, 50, "1/1", SHOTS);

    List<Double> starts = starts(stills(film, choice(Method.UNIFORM, 1, 3)));

    assertThat(starts).hasSize(3).startsWith(0.0);
    assertThat(starts.get(1)).isBetween(6.0, 14.0);
    assertThat(starts.get(2)).isBetween(15.0, 27.0);
  }

  @Test
  void pixelsThatAreNotSquareAreMadeSo() throws Exception {
    Path film = DrawnFilm.draw(folder, 10, 5, "2/1", SHOTS.subList(0, 1));

    BufferedImage picture = picture(stills(film, choice(Method.SCENE, 10, 200)).get(0));

    assertThat(picture.getWidth()).isEqualTo(320);
    assertThat(picture.getHeight()).isEqualTo(120);
  }

  @Test
  void noneIsNone() throws Exception {
    Path film = DrawnFilm.draw(folder, 10, 5, "1/1", SHOTS);

    assertThat(stills(film, choice(Method.NONE, 10, 200))).isEmpty();
  }

  @Test
  void whatIsDecidedStandsInTheName() {
    assertThat(new VideoKeyframes(FrameChoice.from(Settings.defaults())).name())
        .isEqualTo("keyframes@1(scene,10s,200,768px)");
    assertThatThrownBy(
            () ->
                FrameChoice.from(
                    Settings.defaults().orElse(Map.of("lakehouse.video.frames", "some"), "--set")))
        .isInstanceOf(LakehouseException.class)
        .hasMessageContaining("scene, uniform, audio, none");
  }

  @Test
  void realCutsAreFoundAndAPhoneIsUpright() throws Exception {
    Path video = SharedData.require("data/video");

    assertThat(starts(stills(video.resolve("scenes/scenes_a.mp4"), choice(Method.SCENE, 10, 200))))
        .containsExactly(0.0, 2.0, 4.52, 6.04);
    assertThat(starts(stills(video.resolve("scenes/scenes_b.webm"), choice(Method.SCENE, 10, 200))))
        .containsExactly(0.0, 1.5, 4.5);
    BufferedImage upright =
        picture(stills(video.resolve("edge/video_90.mov"), choice(Method.SCENE, 10, 200)).get(0));
    assertThat(upright.getWidth()).isEqualTo(320);
    assertThat(upright.getHeight()).isEqualTo(568);
  }

  @Test
  void loudMomentsAreWhereTheSoundIs() throws Exception {
    Path film = SharedData.require("data/video/av/with_speech.mp4");

    List<Still> loud = stills(film, choice(Method.AUDIO, 2, 3));

    assertThat(loud).isNotEmpty().hasSizeLessThanOrEqualTo(3);
    assertThat(starts(loud)).isSorted();
  }

  @Test
  void whatHasNoPicturesSaysSo() {
    Path sound = SharedData.require("data/video/av/no_video_stream.mp4");

    assertThatThrownBy(() -> stills(sound, choice(Method.SCENE, 10, 200)))
        .isInstanceOfSatisfying(
            ItemException.class,
            refused -> assertThat(refused.code()).isEqualTo(ItemError.NO_VIDEO_STREAM));
  }
}
