// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.picture;

import static dev.lakehouse.core.Column.optional;
import static dev.lakehouse.core.ColumnType.Scalar.BOOLEAN;
import static dev.lakehouse.core.ColumnType.Scalar.DOUBLE;
import static dev.lakehouse.core.ColumnType.Scalar.INT;
import static dev.lakehouse.core.ColumnType.Scalar.STRING;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.picture.DecodedImage;
import dev.lakehouse.core.codec.picture.ImageCodec;
import dev.lakehouse.core.codec.picture.ImageFacts;
import dev.lakehouse.core.content.Opened;
import dev.lakehouse.core.curate.Probe;
import java.util.List;

/**
 * Measures a picture, decoding it to its end.
 *
 * <p>Figures are taken from the 8-bit luminance of the upright picture, on white where it is
 * transparent. {@code mean_luminance} and {@code contrast} are mean and standard deviation divided
 * by 255; {@code entropy} is that of the histogram in bits; {@code uniformity} the share of its
 * most frequent level. {@code blur} is the variance of the 4-neighbour Laplacian (Pech-Pacheco et
 * al., 2000) of the picture reduced to at most 512 pixels a side, so that it means the same for
 * large and small ones: low is blurred. {@code softness} is told of the same reduced picture by
 * {@link Softness}.
 */
public final class PictureProbe implements Probe {
  private static final long serialVersionUID = 1L;
  private static final int BLUR_SIDE = 512;

  @Override
  public String name() {
    return "image@2";
  }

  @Override
  public List<String> before() {
    return List.of("image@1");
  }

  @Override
  public String modality() {
    return Modality.IMAGE.word();
  }

  @Override
  public List<Column> columns() {
    return List.of(
        optional("image_format", STRING, "container format"),
        optional("width", INT, "pixels, as stored"),
        optional("height", INT, "pixels, as stored"),
        optional("channels", INT, "samples of a pixel"),
        optional("bit_depth", INT, "bits of a sample"),
        optional("exif_orientation", INT, "1 to 8; 1 where there is none"),
        optional("frames", INT, "pictures in the file"),
        optional("aspect_ratio", DOUBLE, "longer side divided by shorter side"),
        optional("mean_luminance", DOUBLE, "0 (black) to 1 (white)"),
        optional("contrast", DOUBLE, "standard deviation of luminance, 0 to 0.5"),
        optional("entropy", DOUBLE, "of the luminance histogram, bits, 0 to 8"),
        optional("blur", DOUBLE, "variance of the Laplacian of 8-bit luminance"),
        optional("uniformity", DOUBLE, "share of the most frequent luminance, 0 to 1"),
        optional("softness", DOUBLE, "how little edges lose by blurring, 0 (crisp) to 1"),
        optional("transparency", DOUBLE, "share of pixels through which something is seen, 0 to 1"),
        optional("has_gps", BOOLEAN, "whether EXIF gives a place"),
        optional("phash", STRING, "perceptual hash, 16 hex digits"));
  }

  @Override
  public String amount() {
    return "CAST(width AS BIGINT) * height";
  }

  @Override
  public void measure(Opened content, Limits limits, Values figures) throws ItemException {
    DecodedImage image = ImageCodec.read(content.bytes(), limits);
    setFacts(figures, image.facts());
    figures.set("transparency", image.facts().transparency());
    setFigures(figures, Luminance.of(image.visible()));
  }

  private static void setFacts(Values row, ImageFacts facts) {
    int longer = Math.max(facts.width(), facts.height());
    int shorter = Math.min(facts.width(), facts.height());
    row.set("image_format", facts.format())
        .set("width", facts.width())
        .set("height", facts.height())
        .set("channels", facts.channels())
        .set("bit_depth", facts.bitDepth())
        .set("exif_orientation", facts.orientation())
        .set("frames", facts.frames())
        .set("aspect_ratio", (double) longer / shorter)
        .set("has_gps", facts.hasGps())
        .set("warnings", facts.warnings());
  }

  private static void setFigures(Values row, Luminance picture) {
    Luminance reduced = picture.reducedTo(BLUR_SIDE);
    Histogram histogram = new Histogram(picture.histogram());
    row.set("mean_luminance", histogram.mean() / 255)
        .set("contrast", histogram.deviation() / 255)
        .set("entropy", histogram.entropy())
        .set("uniformity", histogram.largestShare())
        .set("blur", laplacianVariance(reduced))
        .set("softness", Softness.of(reduced))
        .set("phash", PerceptualHash.of(picture));
  }

  /** Variance over the inner pixels; 0 where there are none. */
  static double laplacianVariance(Luminance picture) {
    long count = 0;
    double sum = 0;
    double squares = 0;
    for (int y = 1; y < picture.height() - 1; y++) {
      for (int x = 1; x < picture.width() - 1; x++) {
        int around =
            picture.at(x - 1, y)
                + picture.at(x + 1, y)
                + picture.at(x, y - 1)
                + picture.at(x, y + 1);
        double laplacian = around - 4.0 * picture.at(x, y);
        sum += laplacian;
        squares += laplacian * laplacian;
        count++;
      }
    }
    return count == 0 ? 0 : squares / count - (sum / count) * (sum / count);
  }
}
