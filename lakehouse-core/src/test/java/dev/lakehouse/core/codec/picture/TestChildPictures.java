// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.SharedData;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.bitmap.Reduction;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that a process of its own reads. */
class TestChildPictures {
  private static final Limits LIMITS = Limits.from(Settings.defaults());

  @TempDir Path folder;

  /** Three columns, two rows; the last pixel is half transparent. */
  private static byte[] qoi() {
    ByteBuffer out = ByteBuffer.allocate(14 + 5 * 4 + 5 + 8);
    out.put("qoif".getBytes(StandardCharsets.US_ASCII)).putInt(3).putInt(2);
    out.put((byte) 4).put((byte) 0);
    int[] colours = {0xFF0000, 0x00FF00, 0x0000FF, 0x102030, 0xF0E0D0};
    for (int colour : colours) {
      out.put((byte) 0xFE).put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
    }
    out.put((byte) 0xFF).put(new byte[] {1, 2, 3, (byte) 128});
    return out.put(new byte[] {0, 0, 0, 0, 0, 0, 0, 1}).array();
  }

  @Test
  void pixelsAndOpacityAreThoseThatWereWritten() throws ItemException {
    DecodedImage image = ImageCodec.read(qoi(), LIMITS);

    assertThat(image.facts().format()).isEqualTo("QOI");
    assertThat(image.stored().width()).isEqualTo(3);
    assertThat(image.stored().height()).isEqualTo(2);
    assertThat(Arrays.copyOf(image.stored().rgb(), 6)).containsExactly(-1, 0, 0, 0, -1, 0);
    assertThat(image.facts().channels()).isEqualTo(4);
    assertThat(image.facts().transparency()).isEqualTo(1.0 / 6);
    assertThat(ImageCodec.bytesToDecode(qoi(), LIMITS, Reduction.NONE)).isPositive();
  }

  @Test
  void whatEndsEarlyOrIsTooLargeIsRefused() {
    byte[] early = Arrays.copyOf(qoi(), 20);
    byte[] large = qoi();
    ByteBuffer.wrap(large).putInt(4, 1 << 20).putInt(8, 1 << 20);

    assertThatThrownBy(() -> ImageCodec.read(early, LIMITS))
        .isInstanceOfSatisfying(
            ItemException.class,
            e -> assertThat(e.code()).isIn(ItemError.CORRUPT, ItemError.TRUNCATED));
    assertThatThrownBy(() -> ImageCodec.read(large, LIMITS))
        .isInstanceOfSatisfying(
            ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.PIXEL_LIMIT));
  }

  private static byte[] shared(String name) throws IOException {
    return Files.readAllBytes(SharedData.require("data/images").resolve(name));
  }

  /** The same picture in another format differs by no more than its coding loses. */
  @ParameterizedTest
  @ValueSource(strings = {"formats/hopper.avif", "formats/hopper-missing-pixi.avif"})
  void anAvifLooksAsItsOriginal(String name) throws Exception {
    PixelImage avif = ImageCodec.decode(shared(name), LIMITS);
    PixelImage png = ImageCodec.decode(shared("formats/hopper.png"), LIMITS);

    assertThat(List.of(avif.width(), avif.height())).isEqualTo(List.of(png.width(), png.height()));
    assertThat(difference(avif.rgb(), png.rgb())).isLessThan(8);
  }

  /** Wherever the file ends, nothing is made up for what is missing. */
  @ParameterizedTest
  @ValueSource(strings = {"formats/hopper.avif", "edge/zero_dpi.jp2", "formats/pil123rgba.qoi"})
  void aFileThatEndsEarlyIsRefused(String name) throws Exception {
    byte[] whole = shared(name);
    assertThat(ImageCodec.read(whole, LIMITS).facts().width()).isPositive();
    for (int percent : List.of(10, 50, 90, 99)) {
      byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
      assertThatThrownBy(() -> ImageCodec.read(cut, LIMITS))
          .as("%d %% of it", percent)
          .isInstanceOf(ItemException.class);
    }
  }

  private static double difference(byte[] one, byte[] other) {
    long sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += Math.abs((one[i] & 0xFF) - (other[i] & 0xFF));
    }
    return (double) sum / one.length;
  }

  @ParameterizedTest
  @CsvSource({"0,0,4", "0,1,2", "1,0,5", "1,1,7", "2,0,2", "2,1,4", "3,0,7", "3,1,5"})
  void anAvifSaysHowItIsTurned(int angle, int mirror, int orientation) throws Exception {
    byte[] file = shared("formats/rot%dmir%d.avif".formatted(angle, mirror));

    assertThat(ImageCodec.read(file, LIMITS).facts().orientation()).isEqualTo(orientation);
  }

  @Test
  void aPictureOfJpeg2000IsReadAndDamagedOnesAreNot() throws Exception {
    ImageFacts facts = ImageCodec.read(shared("edge/zero_dpi.jp2"), LIMITS).facts();

    assertThat(List.of(facts.width(), facts.height())).isEqualTo(List.of(640, 480));
    for (String damaged :
        List.of(
            "edge/crash-4fb027452e6988530aa5dabee76eecacb3b79f8a.j2k",
            "edge/crash-d2c93af851d3ab9a19e34503626368b2ecde9c03.j2k",
            "edge/zero_height.j2k",
            "edge/ossfuzz-5730089102868480.sgi",
            "edge/timeout-755a4d204f4208e3597ac3391edebee196462bd0.dds",
            "edge/unimplemented_dxgi_format.dds")) {
      byte[] file = shared(damaged);
      assertThatThrownBy(() -> ImageCodec.read(file, LIMITS))
          .as(damaged)
          .isInstanceOf(ItemException.class);
    }
  }

  @Test
  void aPictureThatTakesForEverCostsOneItem() throws Exception {
    Path slow = folder.resolve("ffprobe");
    try (OutputStream out = Files.newOutputStream(slow)) {
      out.write("#!/bin/sh\nwhile :; do :; done\n".getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(slow.toFile().setExecutable(true)).isTrue();
    Settings settings =
        Settings.defaults()
            .orElse(
                Map.of(
                    "lakehouse.media.tools",
                    folder.toString(),
                    "lakehouse.child.item-seconds",
                    "2"),
                "test");

    assertThatThrownBy(() -> ImageCodec.read(qoi(), Limits.from(settings)))
        .isInstanceOfSatisfying(
            ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.TIME_LIMIT));
  }
}
