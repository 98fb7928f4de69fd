// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.bitmap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestNearest {

  /** As Pillow takes them: the pixel under the centre of each of the target's. */
  @ParameterizedTest
  @CsvSource({
    "4, 2, 1 3",
    "3, 2, 0 2",
    "5, 3, 0 2 4",
    "2, 5, 0 0 1 1 1",
    "3, 3, 0 1 2",
    "1, 3, 0 0 0"
  })
  void thePixelUnderTheCentreIsTaken(int from, int to, String expected) {
    byte[] rgb = new byte[from * from * 3];
    for (int i = 0; i < from * from; i++) {
      rgb[3 * i] = (byte) (i % from);
      rgb[3 * i + 1] = (byte) (i / from);
    }

    PixelImage resized =
        Resample.resize(new PixelImage(from, from, rgb), to, to, ResampleFilter.NEAREST);

    int[] sources = Arrays.stream(expected.split(" ")).mapToInt(Integer::parseInt).toArray();
    for (int y = 0; y < to; y++) {
      for (int x = 0; x < to; x++) {
        assertThat(resized.rgb()[3 * (y * to + x)]).isEqualTo((byte) sources[x]);
        assertThat(resized.rgb()[3 * (y * to + x) + 1]).isEqualTo((byte) sources[y]);
      }
    }
  }
}
