// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.codec.Bytes;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.bitmap.ReducedImage;
import dev.lakehouse.core.codec.bitmap.Resample;
import dev.lakehouse.core.codec.bitmap.ResampleFilter;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.leptonica.PIX;
import org.bytedeco.leptonica.global.leptonica;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestNativeImages {
  private static final Limits LIMITS = Limits.from(Settings.defaults());
  private static final double ALIKE = 28; // dB, of lossy pictures

  @BeforeAll
  static void load() throws ItemException {
    NativeImages.jpeg(Pictures.file("jpeg"), 1);
  }

  @ParameterizedTest
  @CsvSource({
    "160, 120, false, false",
    "161, 119, false, false",
    "17, 33, true, false",
    "1, 1, false, false",
    "160, 120, true, true",
    "161, 119, false, true",
    "8, 200, true, true"
  })
  void aJpegHasThePixelsOfTheOtherDecoder(int width, int height, boolean progressive, boolean full)
      throws Exception {
    byte[] jpeg = jpeg(width, height, progressive, full);
    JpegStructure structure = JpegStructure.walk(Bytes.bigEndian(jpeg), LIMITS);

    Optional<PixelImage> pixels = NativeImages.jpeg(structure.stripped(), 1);

    assertThat(pixels.orElseThrow().rgb())
        .isEqualTo(JpegReader.asCoded(structure.stripped(), structure).pixels().rgb());
  }

  @Test
  void aGreyJpegHasThePixelsOfTheOtherDecoder() throws Exception {
    byte[] jpeg = Pictures.file(Pictures.drawn(61, 40, BufferedImage.TYPE_BYTE_GRAY, 3), "jpeg");
    JpegStructure structure = JpegStructure.walk(Bytes.bigEndian(jpeg), LIMITS);

    assertThat(NativeImages.jpeg(jpeg, 1).orElseThrow().rgb())
        .isEqualTo(JpegReader.asCoded(structure.stripped(), structure).pixels().rgb());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4, 8})
  void aReducedJpegIsThePictureMadeSmaller(int divisor) throws Exception {
    byte[] jpeg = jpeg(641, 483, false, false);

    ReducedImage decoded = ImageCodec.decode(jpeg, LIMITS, (width, height) -> divisor);

    assertThat(decoded.width()).isEqualTo(641.0 / divisor);
    assertThat(decoded.height()).isEqualTo(483.0 / divisor);
    PixelImage reduced = decoded.pixels();
    assertThat(reduced.width()).isEqualTo((641 + divisor - 1) / divisor);
    assertThat(reduced.height()).isEqualTo((483 + divisor - 1) / divisor);
    PixelImage expected =
        Resample.resize(
            ImageCodec.decode(jpeg, LIMITS), reduced.width(), reduced.height(), ResampleFilter.BOX);
    assertThat(likeness(reduced, expected)).isGreaterThan(ALIKE);
  }

  @Test
  void aPictureOnItsSideIsReducedByItsUprightSize() throws Exception {
    byte[] side = Pictures.withExif(jpeg(320, 160, false, false), Pictures.exif(6, 0));

    PixelImage upright =
        ImageCodec.decode(side, LIMITS, (width, height) -> width == 160 && height == 320 ? 2 : 1)
            .pixels();

    assertThat(upright.width()).isEqualTo(80);
    assertThat(upright.height()).isEqualTo(160);
  }

  @Test
  void aTurnedPictureIsReducedToWholePixelsOnly() throws Exception {
    byte[] turned = Pictures.withExif(jpeg(644, 482, false, false), Pictures.exif(3, 0));

    ReducedImage decoded = ImageCodec.decode(turned, LIMITS, (width, height) -> 8);

    assertThat(decoded).extracting("width", "height").containsExactly(322.0, 241.0);
  }

  @Test
  void reducingTakesLessMemory() {
    byte[] jpeg = Pictures.file("jpeg");

    assertThat(ImageCodec.bytesToDecode(jpeg, LIMITS, (width, height) -> 4))
        .isEqualTo(7 * 40 * 30 + jpeg.length);
  }

  @Test
  void whatIsNotReducedIsNotPromisedToBeSmall() throws Exception {
    byte[] plain = jpeg(641, 483, false, false);
    byte[] turned = Pictures.withExif(plain, Pictures.exif(3, 0));
    byte[] spelled = plain.clone();
    int frame = indexOf(spelled, 0xFF, 0xC0) + 10;
    spelled[frame] = 'R';
    spelled[frame + 3] = 'G';
    spelled[frame + 6] = 'B';

    assertThat(needed(plain)).isEqualTo(7 * 641 * 483 / 64);
    assertThat(needed(turned)).isEqualTo(7 * 641 * 483);
    assertThat(needed(spelled)).isEqualTo(7 * 641 * 483);
  }

  private static long needed(byte[] jpeg) {
    return ImageCodec.bytesToDecode(jpeg, LIMITS, (width, height) -> 8) - jpeg.length;
  }

  private static int indexOf(byte[] bytes, int first, int second) {
    int at = 0;
    while ((bytes[at] & 0xFF) != first || (bytes[at + 1] & 0xFF) != second) {
      at++;
    }
    return at;
  }

  @Test
  void whatTheDecoderWarnsAboutIsJudgedAsEver() {
    byte[] jpeg = jpeg(640, 480, false, false);
    Arrays.fill(jpeg, jpeg.length / 2, jpeg.length / 2 + 400, (byte) 0x55);

    assertThatThrownBy(() -> ImageCodec.decode(jpeg, LIMITS, (width, height) -> 2))
        .isInstanceOf(ItemException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aWebpIsThePictureThatWasWritten(boolean lossless) throws Exception {
    BufferedImage drawn = Pictures.drawn(150, 101, BufferedImage.TYPE_INT_RGB, 11);

    DecodedImage decoded = ImageCodec.read(webp(drawn, lossless), LIMITS);

    PixelImage expected = ImageCodec.decode(Pictures.file(drawn, "png"), LIMITS);
    assertThat(decoded.facts().channels()).isEqualTo(3);
    assertThat(likeness(decoded.stored(), expected)).isGreaterThan(lossless ? 100 : ALIKE);
  }

  @Test
  void ofAnAnimationTheFirstFrameIsSeenOnItsCanvas() throws Exception {
    BufferedImage first = Pictures.drawn(60, 40, BufferedImage.TYPE_INT_RGB, 1);
    BufferedImage second = Pictures.drawn(60, 40, BufferedImage.TYPE_INT_RGB, 2);

    DecodedImage decoded =
        ImageCodec.read(animation(100, 80, webp(first, true), webp(second, true)), LIMITS);

    assertThat(decoded.facts().frames()).isEqualTo(2);
    PixelImage canvas = decoded.stored();
    assertThat(canvas.width()).isEqualTo(100);
    assertThat(canvas.height()).isEqualTo(80);
    byte[] expected = new byte[100 * 80 * 3];
    byte[] frame = ImageCodec.decode(Pictures.file(first, "png"), LIMITS).rgb();
    for (int y = 0; y < 40; y++) {
      System.arraycopy(frame, y * 180, expected, 3 * ((y + 20) * 100 + 10), 180);
    }
    assertThat(canvas.rgb()).isEqualTo(expected);
  }

  @Test
  void aDamagedWebpIsCorrupt() {
    byte[] webp = webp(Pictures.drawn(150, 101, BufferedImage.TYPE_INT_RGB, 11), true);
    Arrays.fill(webp, 40, webp.length, (byte) 0xFF);

    assertThatThrownBy(() -> ImageCodec.read(webp, LIMITS))
        .isInstanceOf(ItemException.class)
        .hasMessageContaining("libwebp cannot decode");
  }

  /** Written by the same library, in the ways that it knows. */
  private static byte[] jpeg(int width, int height, boolean progressive, boolean fullChroma) {
    PIX pix = pix(Pictures.drawn(width, height, BufferedImage.TYPE_INT_RGB, 5));
    leptonica.pixSetChromaSampling(pix, fullChroma ? 0 : 1);
    try (BytePointer data = new BytePointer();
        SizeTPointer size = new SizeTPointer(1)) {
      leptonica.pixWriteMemJpeg(data, size, pix, 85, progressive ? 1 : 0);
      return bytes(data, size);
    } finally {
      leptonica.pixDestroy(pix);
    }
  }

  private static byte[] webp(BufferedImage image, boolean lossless) {
    PIX pix = pix(image);
    try (BytePointer data = new BytePointer();
        SizeTPointer size = new SizeTPointer(1)) {
      leptonica.pixWriteMemWebP(data, size, pix, 90, lossless ? 1 : 0);
      return bytes(data, size);
    } finally {
      leptonica.pixDestroy(pix);
    }
  }

  private static PIX pix(BufferedImage image) {
    PIX pix = leptonica.pixCreate(image.getWidth(), image.getHeight(), 32);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        leptonica.pixSetPixel(pix, x, y, image.getRGB(x, y) << 8);
      }
    }
    return pix;
  }

  private static byte[] bytes(BytePointer data, SizeTPointer size) {
    byte[] bytes = new byte[(int) size.get()];
    data.get(bytes);
    leptonica.lept_free(data);
    data.setNull();
    return bytes;
  }

  /** Two stills as frames of an animation, 10 from the left and 20 from the top. */
  private static byte[] animation(int width, int height, byte[]... stills) {
    ByteBuffer out = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    out.put(ascii("RIFF")).putInt(0).put(ascii("WEBPVP8X")).putInt(10).putInt(2);
    u24(out, width - 1);
    u24(out, height - 1);
    out.put(ascii("ANIM")).putInt(6).putInt(0).putShort((short) 0);
    for (byte[] still : stills) {
      ByteBuffer chunk = ByteBuffer.wrap(still, 12, still.length - 12).slice();
      out.put(ascii("ANMF")).putInt(16 + chunk.remaining());
      u24(out, 10 / 2);
      u24(out, 20 / 2);
      u24(out, 60 - 1);
      u24(out, 40 - 1);
      u24(out, 100);
      out.put((byte) 0).put(chunk);
    }
    out.putInt(4, out.position() - 8);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static void u24(ByteBuffer out, int value) {
    out.putShort((short) value).put((byte) (value >> 16));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Peak signal to noise, in dB. */
  private static double likeness(PixelImage one, PixelImage other) {
    double squares = 0;
    for (int i = 0; i < one.rgb().length; i++) {
      double difference = (one.rgb()[i] & 0xFF) - (other.rgb()[i] & 0xFF);
      squares += difference * difference;
    }
    return 10 * Math.log10(255.0 * 255.0 / (squares / one.rgb().length + 1e-9));
  }
}
