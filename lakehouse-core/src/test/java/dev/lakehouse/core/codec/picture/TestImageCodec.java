// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.codec.Bytes;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.bitmap.Reduction;
import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestImageCodec {
  private static final Limits LIMITS = Limits.from(Settings.defaults());

  /** A file of each format that Java can write, by a name for people. */
  record Sample(String name, byte[] bytes) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> files() {
    return Stream.of(
        new Sample("jpeg", Pictures.file("jpeg")),
        new Sample("progressive jpeg", Pictures.progressiveJpeg()),
        new Sample("png", Pictures.file("png")),
        new Sample("gif", Pictures.file("gif")),
        new Sample("bmp", Pictures.file("bmp")),
        new Sample("tiff", Pictures.file("tiff")));
  }

  @ParameterizedTest
  @MethodSource("files")
  void theHeaderTellsWhatDecodingTakes(Sample file) {
    assertThat(ImageCodec.bytesToDecode(file.bytes(), LIMITS, Reduction.NONE))
        .isEqualTo(
            (file.name().startsWith("progressive") ? 13 : 7) * 160 * 120 + file.bytes().length);
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void whatIsRefusedTakesNothing(Sample bomb) {
    assertThat(ImageCodec.bytesToDecode(bomb.bytes(), LIMITS, Reduction.NONE))
        .isLessThan(LIMITS.maxPixels());
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void losslessFormatsKeepEveryPixel(String format) throws ItemException {
    BufferedImage drawn = Pictures.drawn(61, 43, BufferedImage.TYPE_INT_RGB, 3);

    PixelImage decoded = ImageCodec.decode(Pictures.file(drawn, format), LIMITS);

    assertThat(decoded.rgb()).isEqualTo(rgb(drawn));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_BYTE_BINARY,
        BufferedImage.TYPE_BYTE_INDEXED,
        BufferedImage.TYPE_4BYTE_ABGR,
      })
  void everyKindOfPngBecomesRgb(int type) throws ItemException {
    BufferedImage drawn = Pictures.drawn(61, 43, type, 3);
    DecodedImage decoded = ImageCodec.read(Pictures.file(drawn, "png"), LIMITS);

    byte[] expected = type == BufferedImage.TYPE_BYTE_GRAY ? greys(drawn) : rgb(drawn);
    assertThat(decoded.stored().rgb()).isEqualTo(expected);
    assertThat(decoded.facts().format()).isEqualTo("PNG");
  }

  @ParameterizedTest
  @MethodSource("files")
  void whatIsCutAnywhereIsNeverWhole(Sample file) {
    byte[] whole = file.bytes();
    int cuts = file.name().equals("bmp") ? 20 : 300; // that takes two processes each
    int step = Math.max(1, whole.length / cuts);
    int endMarker = file.name().contains("jpeg") ? 4 : 0; // alone, it is no loss
    for (int length = 1; length < whole.length - endMarker; length += step) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> ImageCodec.read(cut, LIMITS))
          .as("%s cut at %d of %d", file, length, whole.length)
          .isInstanceOf(ItemException.class);
    }
  }

  @Test
  void aCutScanWithAnEndMarkerIsTruncated() {
    for (byte[] jpeg : List.of(Pictures.file("jpeg"), Pictures.progressiveJpeg())) {
      byte[] cut = Arrays.copyOf(jpeg, jpeg.length * 3 / 4);
      cut[cut.length - 2] = (byte) 0xFF;
      cut[cut.length - 1] = (byte) 0xD9;

      assertThatThrownBy(() -> ImageCodec.read(cut, LIMITS))
          .isInstanceOfSatisfying(
              ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.TRUNCATED));
    }
  }

  @Test
  void aJpegThatLacksItsEndMarkerAloneIsWhole() throws ItemException {
    for (byte[] jpeg : List.of(Pictures.file("jpeg"), Pictures.progressiveJpeg())) {
      DecodedImage whole = ImageCodec.read(jpeg, LIMITS);
      byte[] endless = Arrays.copyOf(jpeg, jpeg.length - 2);
      DecodedImage decoded = ImageCodec.read(endless, LIMITS);

      assertThat(decoded.stored().rgb()).isEqualTo(whole.stored().rgb());
      assertThat(decoded.facts().warnings()).containsExactly("JPEG_NO_END_MARKER");
      assertThat(ImageCodec.decode(endless, LIMITS).rgb()).isEqualTo(whole.stored().rgb());
      assertThatThrownBy(() -> ImageCodec.read(Arrays.copyOf(jpeg, jpeg.length - 1), LIMITS))
          .as("half a marker")
          .isInstanceOfSatisfying(
              ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.TRUNCATED));
    }
  }

  @Test
  void aCutJpegIsNotWholeBecauseSomethingFillsItUp() {
    for (byte[] jpeg : List.of(Pictures.file("jpeg"), Pictures.progressiveJpeg())) {
      for (int eighths = 3; eighths <= 7; eighths++) {
        for (int filler : new int[] {0, 0x20, 0xFF}) {
          byte[] cut = Arrays.copyOf(jpeg, jpeg.length);
          Arrays.fill(cut, jpeg.length * eighths / 8, jpeg.length, (byte) filler);

          assertThatThrownBy(() -> ImageCodec.read(cut, LIMITS))
              .as("%d eighths, then %02x", eighths, filler)
              .isInstanceOf(ItemException.class);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_4BYTE_ABGR})
  void alphaIsLeftOutForModelsAndWhiteForPeople(int type) throws ItemException {
    BufferedImage drawing = new BufferedImage(40, 30, type);
    for (int x = 0; x < 40; x++) {
      drawing.setRGB(x, 7, 0xFF204060);
      drawing.setRGB(x, 8, 0x80000000);
    }
    for (String format : List.of("png", "tiff")) {
      DecodedImage decoded = ImageCodec.read(Pictures.file(drawing, format), LIMITS);

      assertThat(decoded.facts().transparency()).as(format).isEqualTo(29 / 30.0);
      assertThat(rgbAt(decoded.visible(), 0, 0)).isEqualTo(0xFFFFFF);
      assertThat(rgbAt(decoded.visible(), 5, 7)).isEqualTo(0x204060);
      assertThat(rgbAt(decoded.visible(), 5, 8)).isEqualTo(0x7F7F7F);
      assertThat(rgbAt(decoded.upright(), 0, 0)).isZero();
      PixelImage embedded = ImageCodec.decode(Pictures.file(drawing, format), LIMITS);
      assertThat(embedded.rgb()).isEqualTo(decoded.upright().rgb());
    }
  }

  @Test
  void transparentColoursOfPngAreWhiteForPeople() throws ItemException {
    List<byte[]> files =
        List.of(
            Pictures.png(2, 1, 8, 3, plte(), chunk("tRNS", 0), idat(0, 0, 1), end()),
            Pictures.png(2, 1, 8, 0, chunk("tRNS", 0, 16), idat(0, 16, 0), end()),
            Pictures.png(2, 1, 16, 0, chunk("tRNS", 1, 16), idat(0, 1, 16, 0, 0), end()),
            Pictures.png(
                2, 1, 8, 2, chunk("tRNS", 0, 1, 0, 2, 0, 3), idat(0, 1, 2, 3, 0, 0, 0), end()),
            Pictures.png(2, 1, 8, 4, idat(0, 9, 0, 0, 255), end()));
    for (byte[] file : files) {
      DecodedImage decoded = ImageCodec.read(file, LIMITS);

      assertThat(decoded.facts().transparency()).isEqualTo(0.5);
      assertThat(rgbAt(decoded.visible(), 0, 0)).isEqualTo(0xFFFFFF);
      assertThat(rgbAt(decoded.visible(), 1, 0)).isZero();
    }
  }

  private static byte[] plte() {
    return chunk("PLTE", 7, 7, 7, 0, 0, 0);
  }

  private static byte[] idat(int... raw) {
    return Pictures.chunk("IDAT", Pictures.deflated(bytes(raw)));
  }

  private static byte[] end() {
    return chunk("IEND");
  }

  private static byte[] chunk(String type, int... content) {
    return Pictures.chunk(type, bytes(content));
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static int rgbAt(PixelImage image, int x, int y) {
    int at = 3 * (y * image.width() + x);
    byte[] rgb = image.rgb();
    return (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | rgb[at + 2] & 0xFF;
  }

  @RepeatedTest(20)
  void damageIsAnOutcomeAndNothingWorse(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (Sample file : files().toList()) {
      byte[] damaged = file.bytes().clone();
      for (int i = 0; i <= random.nextInt(8); i++) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        ImageCodec.read(damaged, LIMITS);
      } catch (ItemException e) {
        assertThat(e.code()).isNotIn(ItemError.INTERNAL, ItemError.OUT_OF_MEMORY);
      }
    }
  }

  @Test
  void anEmptyFileIsSaidToBe() {
    assertThatThrownBy(() -> ImageCodec.read(new byte[0], LIMITS))
        .isInstanceOfSatisfying(
            ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.EMPTY));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void orientationTurnsThePicture(int orientation) throws ItemException {
    byte[] jpeg = Pictures.withExif(Pictures.file("jpeg"), Pictures.exif(orientation, 0));
    DecodedImage image = ImageCodec.read(jpeg, LIMITS);

    PixelImage upright = image.upright();

    assertThat(image.facts().orientation()).isEqualTo(orientation);
    assertThat(image.facts().hasGps()).isFalse();
    assertThat(upright.width()).isEqualTo(orientation < 5 ? 160 : 120);
    // the stored top left corner is where EXIF says that the 0th row and 0th column are
    int[][] corners = {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}, {1, 0}, {1, 1}, {0, 1}};
    int x = corners[orientation - 1][0] * (upright.width() - 1);
    int y = corners[orientation - 1][1] * (upright.height() - 1);
    assertThat(pixel(upright, x, y)).isEqualTo(pixel(image.stored(), 0, 0));
  }

  @Test
  void aPlaceInExifIsFound() throws ItemException {
    byte[] jpeg = Pictures.withExif(Pictures.file("jpeg"), Pictures.exif(1, 1));

    assertThat(ImageCodec.read(jpeg, LIMITS).facts().hasGps()).isTrue();
  }

  @Test
  void brokenExifIsAWarning() throws ItemException {
    byte[] jpeg =
        Pictures.withExif(Pictures.file("jpeg"), new byte[] {'M', 'M', 0, 42, 9, 9, 9, 9});

    assertThat(ImageCodec.read(jpeg, LIMITS).facts().warnings()).containsExactly("EXIF_UNREADABLE");
  }

  static Stream<Sample> bombs() {
    byte[] rows = new byte[0];
    return Stream.of(
        new Sample("png", Pictures.png(60_000, 60_000, 1, 0, Pictures.chunk("IDAT", rows))),
        new Sample("png of 2^31", Pictures.png(-1, -1, 8, 2, Pictures.chunk("IDAT", rows))),
        new Sample(
            "gif",
            little(13).put("GIF89a".getBytes()).putShort((short) -1).putShort((short) -1).array()),
        new Sample("bmp", bitmap(1 << 30, 1 << 30)),
        new Sample("bmp upside down", bitmap(65_000, Integer.MIN_VALUE)),
        new Sample("pnm", "P6 99999999999999 99999999999 255\n".getBytes()),
        new Sample("tiff", tiff(1 << 30, 1 << 30)),
        new Sample("webp", webp()));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void bombsAreRefusedBeforeAnythingIsAllocated(Sample bomb) throws ItemException {
    ImageCodec.read(Pictures.file("png"), LIMITS); // so that classes are loaded
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    assertThatThrownBy(() -> ImageCodec.read(bomb.bytes(), LIMITS))
        .isInstanceOfSatisfying(
            ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.PIXEL_LIMIT));

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
  }

  @Test
  void claimsThatTheDataCannotHoldAllocateNothing() {
    byte[] lie = Pictures.png(9000, 9000, 8, 2, chunks(new byte[100]));
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();

    assertThatThrownBy(() -> ImageCodec.read(lie, LIMITS))
        .isInstanceOfSatisfying(
            ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.TRUNCATED));

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
  }

  @Test
  void textThatInflatesWithoutEndIsRefused() {
    byte[] text = Pictures.deflated(new byte[3 << 20]);
    ByteBuffer packed =
        ByteBuffer.allocate(text.length + 3).put((byte) 'k').put(new byte[2]).put(text);
    byte[] png =
        Pictures.png(1, 1, 8, 0, Pictures.chunk("zTXt", packed.array()), chunks(new byte[2]));

    assertThatThrownBy(() -> ImageCodec.read(png, LIMITS))
        .isInstanceOfSatisfying(
            ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.BYTE_LIMIT));
  }

  @Test
  void limitsAreTheCallers() {
    Limits small = new Limits(1 << 20, 100, 50, 10, 100);

    assertThatThrownBy(() -> ImageCodec.read(Pictures.file("png"), small))
        .hasMessage(
            "The header claims 160 x 120 pixels; at most 100 in all and 50 a side are taken");
    assertThatThrownBy(() -> ImageCodec.read(Pictures.file("png"), new Limits(9, 100, 50, 10, 100)))
        .isInstanceOfSatisfying(
            ItemException.class, e -> assertThat(e.code()).isEqualTo(ItemError.BYTE_LIMIT));
  }

  @Test
  void pagesInALoopAreCountedOnce() throws ItemException {
    byte[] tiff = Pictures.file("tiff");
    Bytes in = tiff[0] == 'I' ? Bytes.littleEndian(tiff) : Bytes.bigEndian(tiff);
    int directory = in.i32(4);
    int link = directory + 2 + 12 * in.u16(directory);
    ByteBuffer.wrap(tiff)
        .order(tiff[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
        .putInt(link, directory);

    ImageFacts facts = ImageCodec.read(tiff, LIMITS).facts();

    assertThat(facts.frames()).isEqualTo(1);
    assertThat(facts.warnings()).containsExactly("TIFF_PAGE_LOOP");
  }

  @ParameterizedTest
  @ValueSource(strings = {"P3 2 1 255 255 0 0  0 0 255", "P3 # red, blue\n2 1 1 1 0 0 0 0 1"})
  void plainPixmaps(String file) throws ItemException {
    assertThat(ImageCodec.decode(file.getBytes(), LIMITS).rgb())
        .isEqualTo(new byte[] {-1, 0, 0, 0, 0, -1});
  }

  private static byte[] chunks(byte[] raw) {
    byte[] data = Pictures.chunk("IDAT", Pictures.deflated(raw));
    byte[] end = Pictures.chunk("IEND", new byte[0]);
    return ByteBuffer.allocate(data.length + end.length).put(data).put(end).array();
  }

  private static ByteBuffer little(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bitmap(int width, int height) {
    ByteBuffer out = little(60).put((byte) 'B').put((byte) 'M').putInt(60).putInt(0).putInt(54);
    return out.putInt(40)
        .putInt(width)
        .putInt(height)
        .putShort((short) 1)
        .putShort((short) 24)
        .array();
  }

  private static byte[] tiff(int width, int height) {
    ByteBuffer out = little(64).put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
    out.putShort((short) 2);
    out.putShort((short) 256).putShort((short) 4).putInt(1).putInt(width);
    out.putShort((short) 257).putShort((short) 4).putInt(1).putInt(height);
    return out.array();
  }

  private static byte[] webp() {
    ByteBuffer out = little(30).put("RIFF".getBytes()).putInt(22).put("WEBPVP8X".getBytes());
    out.putInt(10).putInt(0);
    return out.put(new byte[] {-1, -1, -1, -1, -1, -1}).array();
  }

  private static List<Byte> pixel(PixelImage image, int x, int y) {
    int at = 3 * (y * image.width() + x);
    return List.of(image.rgb()[at], image.rgb()[at + 1], image.rgb()[at + 2]);
  }

  private static byte[] rgb(BufferedImage image) {
    ByteBuffer out = ByteBuffer.allocate(image.getWidth() * image.getHeight() * 3);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int pixel = image.getRGB(x, y);
        out.put((byte) (pixel >> 16)).put((byte) (pixel >> 8)).put((byte) pixel);
      }
    }
    return out.array();
  }

  /** Not {@code getRGB}, which takes Java's grey as linear light. */
  private static byte[] greys(BufferedImage image) {
    ByteBuffer out = ByteBuffer.allocate(image.getWidth() * image.getHeight() * 3);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        byte grey = (byte) image.getRaster().getSample(x, y, 0);
        out.put(grey).put(grey).put(grey);
      }
    }
    return out.array();
  }
}
