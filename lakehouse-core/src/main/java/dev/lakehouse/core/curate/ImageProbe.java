// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.codec.DecodedImage;
import dev.lakehouse.core.codec.ImageCodec;
import dev.lakehouse.core.codec.ImageFacts;
import dev.lakehouse.core.codec.Limits;

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
public final class ImageProbe {
  private static final int BLUR_SIDE = 512;

  private ImageProbe() {}

  /**
   * One row of {@code measurements}: the figures, or the code of what is wrong with the bytes.
   *
   * @param sha256 digest of the bytes
   * @param run that measures
   */
  public static Values measure(String sha256, byte[] bytes, Limits limits, String run) {
    try {
      DecodedImage image = ImageCodec.read(bytes, limits);
      Values row = Outcomes.row(sha256, Probes.IMAGE, run);
      setFacts(row, image.facts());
      row.set("transparency", image.facts().transparency());
      setFigures(row, Luminance.of(image.visible()));
      return row;
    } catch (ItemException e) {
      return Outcomes.failed(sha256, Probes.IMAGE, e, run);
    }
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
