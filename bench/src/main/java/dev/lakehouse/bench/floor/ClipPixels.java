// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.bench.floor;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.bitmap.Region;
import dev.lakehouse.core.codec.bitmap.Resample;
import dev.lakehouse.core.codec.bitmap.ResampleFilter;
import dev.lakehouse.core.codec.picture.ImageCodec;
import java.nio.FloatBuffer;

/** Image files as CLIP takes them: 224 × 224, bicubic, centre, three planes. */
public final class ClipPixels {
  /** Pixels of a side. */
  public static final int SIDE = 224;

  /** Numbers of a picture. */
  public static final int NUMBERS = 3 * SIDE * SIDE;

  private static final int PLANE = SIDE * SIDE;
  private static final double[] MEAN = {0.48145466, 0.4578275, 0.40821073};
  private static final double[] DEVIATION = {0.26862954, 0.26130258, 0.27577711};

  private final Limits limits = Limits.from(Settings.defaults());
  private final float[][] lookup = new float[3][256];

  /** Tables for each channel. */
  public ClipPixels() {
    for (int channel = 0; channel < 3; channel++) {
      for (int value = 0; value < 256; value++) {
        lookup[channel][value] = (float) ((value / 255.0 - MEAN[channel]) / DEVIATION[channel]);
      }
    }
  }

  /** Decodes a file and puts its {@link #NUMBERS} behind what the tensor holds. */
  public void decode(byte[] file, FloatBuffer tensor) throws ItemException {
    PixelImage picture = ImageCodec.decode(file, limits);
    int shorter = Math.min(picture.width(), picture.height());
    int width = picture.width() * SIDE / shorter;
    int height = picture.height() * SIDE / shorter;
    Region centre = new Region((width - SIDE) / 2, (height - SIDE) / 2, SIDE, SIDE);
    byte[] rgb = Resample.resize(picture, width, height, ResampleFilter.BICUBIC, centre).rgb();
    float[] plane = new float[PLANE];
    for (int channel = 0; channel < 3; channel++) {
      for (int at = 0; at < PLANE; at++) {
        plane[at] = lookup[channel][rgb[3 * at + channel] & 0xff];
      }
      tensor.put(plane);
    }
  }
}
