// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.search.saliency;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.bundle.description.Tower;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.picture.PictureWriter;
import dev.lakehouse.core.codec.picture.Thumbnail;
import dev.lakehouse.core.embed.EmbedInput;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.search.Searcher;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Finds out where a picture shows what was asked for: covers a part of it after the other, and sees
 * by how much it is less like the question without that part.
 *
 * <p>Source: M. Zeiler, R. Fergus, "Visualizing and Understanding Convolutional Networks", ECCV
 * 2014, section 4.2. What is covered gets the mean colour of the picture, so that no new contrast
 * comes with it but at the edge.
 */
public final class Occlusion {
  /** Cells along each side of the picture. */
  public static final int CELLS = 8;

  /** Cells along each side of what is covered at once: a sixteenth of the picture. */
  private static final int COVER = 2;

  /** Pixels of the longer side of a picture that is looked at: more than most models see. */
  private static final int SIDE = 448;

  private final Function<EmbedInput, float[]> embedding;

  /**
   * Asks a model.
   *
   * @param embedding gives vectors of norm 1 in one space, of the question and of PNG pictures
   */
  public Occlusion(Function<EmbedInput, float[]> embedding) {
    this.embedding = embedding;
  }

  /**
   * Asks the model of a family.
   *
   * @throws dev.lakehouse.core.LakehouseException CONFIG_INVALID if it sees no pictures
   */
  public static Occlusion of(Searcher searcher, Family family) {
    if (!family.modalities().contains(Tower.IMAGE)) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Family %s sees no pictures, so it cannot say where in one it found something. It takes %s",
          family.name(),
          String.join(", ", family.modalities()));
    }
    return new Occlusion(input -> searcher.embed(family.name(), input).vector());
  }

  /**
   * The pixels of a picture as this looks at it.
   *
   * @throws ItemException if it cannot be decoded within the limits
   */
  public static PixelImage look(byte[] picture, Limits limits) throws ItemException {
    return Thumbnail.of(picture, limits, SIDE);
  }

  /**
   * The map of a picture, at the cost of embedding it 82 times.
   *
   * @param picture from {@link #look}
   * @throws LakehouseException as {@link Searcher#embed}
   */
  public SaliencyMap of(PixelImage picture, EmbedInput query) {
    float[] asked = embedding.apply(query);
    double whole = cosine(asked, picture);
    double[] sum = new double[CELLS * CELLS];
    int[] covers = new int[CELLS * CELLS];
    int[] mean = mean(picture);
    for (int top = 1 - COVER; top < CELLS; top++) {
      for (int left = 1 - COVER; left < CELLS; left++) {
        Cells cells = Cells.at(top, left);
        double drop = whole - cosine(asked, cells.covered(picture, mean));
        for (int y = cells.top; y < cells.bottom; y++) {
          for (int x = cells.left; x < cells.right; x++) {
            sum[y * CELLS + x] += drop;
            covers[y * CELLS + x]++;
          }
        }
      }
    }
    double[] drops = new double[sum.length];
    Arrays.setAll(drops, i -> sum[i] / covers[i]);
    return new SaliencyMap(whole, CELLS, drops);
  }

  private double cosine(float[] asked, PixelImage picture) {
    EmbedInput input = EmbedInput.image(PictureWriter.png(picture));
    float[] seen = embedding.apply(input);
    double cosine = 0;
    for (int i = 0; i < asked.length; i++) {
      cosine += asked[i] * seen[i];
    }
    return cosine;
  }

  private static int[] mean(PixelImage picture) {
    long[] sum = new long[3];
    byte[] rgb = picture.rgb();
    for (int i = 0; i < rgb.length; i++) {
      sum[i % 3] += rgb[i] & 0xFF;
    }
    int pixels = rgb.length / 3;
    return new int[] {(int) (sum[0] / pixels), (int) (sum[1] / pixels), (int) (sum[2] / pixels)};
  }

  /** What is covered at once, in cells; the end is not in it. */
  private record Cells(int top, int left, int bottom, int right) {
    static Cells at(int top, int left) {
      return new Cells(
          Math.max(0, top),
          Math.max(0, left),
          Math.min(CELLS, top + COVER),
          Math.min(CELLS, left + COVER));
    }

    PixelImage covered(PixelImage picture, int[] colour) {
      byte[] rgb = picture.rgb().clone();
      int width = picture.width();
      for (int y = top * picture.height() / CELLS; y < bottom * picture.height() / CELLS; y++) {
        for (int x = left * width / CELLS; x < right * width / CELLS; x++) {
          for (int band = 0; band < 3; band++) {
            rgb[3 * (y * width + x) + band] = (byte) colour[band];
          }
        }
      }
      return new PixelImage(width, picture.height(), rgb);
    }
  }
}
