// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.picture.Pictures;
import dev.lakehouse.core.kind.Measured;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TestPictureProbe {
  private static final Limits LIMITS = Limits.from(Settings.defaults());

  private static Values measure(byte[] bytes) {
    return Measured.of(new PictureProbe(), bytes, LIMITS);
  }

  private static Values measure(BufferedImage image) {
    return measure(Pictures.file(image, "png"));
  }

  private static double number(Values row, String column) {
    return ((Number) row.find(column).orElseThrow()).doubleValue();
  }

  private static BufferedImage plain(int level) {
    BufferedImage image = new BufferedImage(100, 80, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = image.createGraphics();
    canvas.setPaint(new Color(level, level, level));
    canvas.fillRect(0, 0, 100, 80);
    canvas.dispose();
    return image;
  }

  @Test
  void aPlainPictureHasNothingInIt() {
    Values row = measure(plain(51));

    assertThat(number(row, "mean_luminance")).isEqualTo(0.2, within(1e-9));
    assertThat(number(row, "contrast")).isZero();
    assertThat(number(row, "entropy")).isZero();
    assertThat(number(row, "uniformity")).isEqualTo(1);
    assertThat(number(row, "blur")).isZero();
    assertThat(row.text("phash")).hasValueSatisfying(hash -> assertThat(hash).hasSize(16));
  }

  @Test
  void aDrawingOnTransparentGroundIsMeasuredOnWhite() {
    BufferedImage drawing = new BufferedImage(100, 80, BufferedImage.TYPE_INT_ARGB);
    Graphics2D canvas = drawing.createGraphics();
    canvas.setPaint(Color.BLACK); // over black there would be nothing to see
    canvas.fillRect(10, 10, 20, 40);
    canvas.dispose();

    Values row = measure(drawing);

    assertThat(number(row, "transparency")).isEqualTo(0.9, within(1e-9));
    assertThat(number(row, "mean_luminance")).isEqualTo(0.9, within(1e-9));
    assertThat(number(row, "uniformity")).isEqualTo(0.9, within(1e-9));
    assertThat(number(measure(plain(51)), "transparency")).isZero();
  }

  @Test
  void softnessTellsBlurFromSmoothness() {
    BufferedImage sharp = Pictures.drawn(300, 200, BufferedImage.TYPE_INT_RGB, 5);
    float[] box = new float[121];
    Arrays.fill(box, 1f / 121);
    ConvolveOp soften = new ConvolveOp(new Kernel(11, 11, box), ConvolveOp.EDGE_NO_OP, null);
    BufferedImage wall = plain(120); // one crisp edge in an empty picture
    for (int y = 0; y < 80; y++) {
      wall.setRGB(50, y, 0);
    }

    double soft = number(measure(soften.filter(soften.filter(sharp, null), null)), "softness");

    assertThat(soft).isGreaterThan(0.6);
    assertThat(number(measure(sharp), "softness")).isLessThan(0.4);
    assertThat(number(measure(wall), "softness")).isLessThan(0.4);
    assertThat(number(measure(plain(51)), "softness")).isEqualTo(1);
  }

  @Test
  void aChessboardIsKnownByItsFigures() {
    BufferedImage board = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64 * 64; i++) {
      board.setRGB(i % 64, i / 64, (i % 64 + i / 64) % 2 == 0 ? 0xFFFFFF : 0);
    }
    Values row = measure(board);

    assertThat(number(row, "mean_luminance")).isEqualTo(0.5, within(1e-9));
    assertThat(number(row, "contrast")).isEqualTo(0.5, within(1e-9));
    assertThat(number(row, "entropy")).isEqualTo(1, within(1e-9));
    assertThat(number(row, "uniformity")).isEqualTo(0.5, within(1e-9));
    assertThat(number(row, "blur")).isEqualTo(1020.0 * 1020, within(1e-3));
  }

  @Test
  void blurTakesTheDetailAway() {
    BufferedImage sharp = Pictures.drawn(300, 200, BufferedImage.TYPE_INT_RGB, 5);
    float[] box = new float[81];
    Arrays.fill(box, 1f / 81);
    ConvolveOp soften = new ConvolveOp(new Kernel(9, 9, box), ConvolveOp.EDGE_NO_OP, null);

    double before = number(measure(sharp), "blur");
    double after = number(measure(soften.filter(soften.filter(sharp, null), null)), "blur");

    assertThat(after).isLessThan(before / 10);
  }

  @Test
  void theHashSeesTheSamePictureInCopies() {
    BufferedImage drawn = Pictures.drawn(300, 200, BufferedImage.TYPE_INT_RGB, 5);
    BufferedImage half = new BufferedImage(150, 100, BufferedImage.TYPE_INT_RGB);
    half.createGraphics().drawImage(drawn.getScaledInstance(150, 100, 16), 0, 0, null);

    String hash = hash(measure(drawn));

    assertThat(distance(hash, hash(measure(Pictures.file(drawn, "jpeg"))))).isLessThanOrEqualTo(4);
    assertThat(distance(hash, hash(measure(half)))).isLessThanOrEqualTo(6);
    assertThat(
            distance(hash, hash(measure(Pictures.drawn(300, 200, BufferedImage.TYPE_INT_RGB, 6)))))
        .isGreaterThan(12);
  }

  @Test
  void onePixelIsEnough() {
    Values row = measure(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB));

    assertThat(number(row, "aspect_ratio")).isEqualTo(1);
    assertThat(number(row, "blur")).isZero();
  }

  @Test
  void whatCannotBeDecodedIsARowWithACode() {
    byte[] png = Pictures.file("png");
    Values row = measure(Arrays.copyOf(png, 200));

    assertThat(row.text("error_code")).contains("TRUNCATED");
    assertThat(row.text("error_class")).contains("input");
    assertThat(row.find("width")).isEmpty();
    assertThat(row.toArray()).isNotEmpty();
  }

  private static String hash(Values row) {
    return row.text("phash").orElseThrow();
  }

  private static int distance(String one, String other) {
    return Long.bitCount(Long.parseUnsignedLong(one, 16) ^ Long.parseUnsignedLong(other, 16));
  }
}
