// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.bitmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.Digests;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class TestResample {

  /** The digests are those of Pillow's own {@code resize} on the same noise. */
  @ParameterizedTest
  @CsvFileSource(resources = "pillow-resize.csv")
  void equalsPillowToTheLastBit(
      int seed,
      int width,
      int height,
      int toWidth,
      int toHeight,
      ResampleFilter filter,
      String sha256) {
    PixelImage resized = Resample.resize(noise(seed, width, height), toWidth, toHeight, filter);

    assertThat(resized.width()).isEqualTo(toWidth);
    assertThat(resized.height()).isEqualTo(toHeight);
    assertThat(Digests.sha256(resized.rgb())).isEqualTo(sha256);
  }

  @Test
  void aPartIsTheCropOfTheWhole() {
    PixelImage picture = noise(5, 301, 200);
    PixelImage whole = Resample.resize(picture, 337, 224, ResampleFilter.BICUBIC);

    PixelImage part =
        Resample.resize(picture, 337, 224, ResampleFilter.BICUBIC, new Region(56, 3, 224, 220));

    assertThat(part.rgb()).isEqualTo(crop(whole, 56, 3, 224, 220));
  }

  @Test
  void aLongThinPictureNeedsNoMoreThanItsPart() {
    PixelImage line = noise(1, 60_000, 1);

    PixelImage part =
        Resample.resize(
            line, 224 * 60_000, 224, ResampleFilter.BICUBIC, new Region(6_719_888, 0, 224, 224));

    assertThat(part.rgb()).hasSize(224 * 224 * 3);
  }

  @Test
  void sameSizeIsTheSamePicture() {
    PixelImage picture = noise(1, 9, 7);

    assertThat(Resample.resize(picture, 9, 7, ResampleFilter.LANCZOS).rgb())
        .isEqualTo(picture.rgb());
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Resample.resize(noise(1, 2, 2), 0, 5, ResampleFilter.BOX))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> Resample.resize(noise(1, 2, 2), 8, 8, ResampleFilter.BOX, new Region(4, 0, 5, 8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot resize to 8 x 8 and keep Region");
  }

  /** The linear congruential noise that the expected digests were made from. */
  private static PixelImage noise(int seed, int width, int height) {
    byte[] rgb = new byte[width * height * 3];
    int state = seed;
    for (int i = 0; i < rgb.length; i++) {
      state = (state * 1103515245 + 12345) & 0x7fffffff;
      rgb[i] = (byte) (state >> 16);
    }
    return new PixelImage(width, height, rgb);
  }

  private static byte[] crop(PixelImage image, int x, int y, int width, int height) {
    byte[] cropped = new byte[width * height * 3];
    for (int row = 0; row < height; row++) {
      int from = ((y + row) * image.width() + x) * 3;
      byte[] line = Arrays.copyOfRange(image.rgb(), from, from + width * 3);
      System.arraycopy(line, 0, cropped, row * width * 3, line.length);
    }
    return cropped;
  }
}
