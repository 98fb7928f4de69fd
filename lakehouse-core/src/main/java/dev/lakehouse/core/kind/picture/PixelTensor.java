// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.picture;

import dev.lakehouse.core.bundle.description.ImagePreprocessing;
import dev.lakehouse.core.bundle.description.Resizing;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.bitmap.ReducedImage;
import dev.lakehouse.core.codec.bitmap.Reduction;
import dev.lakehouse.core.codec.bitmap.Region;
import dev.lakehouse.core.codec.bitmap.Resample;
import dev.lakehouse.core.codec.bitmap.ResampleFilter;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** A picture as an image tower sees it, made as the preprocessing of the bundle says. */
final class PixelTensor {
  /** Changes when the same bytes would become other numbers; part of the encoder's name. */
  static final String STEPS = "decode@2 pillow-resize@1 nchw@1";

  private static final int CHANNELS = 3;
  private static final double MARGIN =
      1.5; // with 1.14 vectors moved to cosine 0.987, from 1.34 on 0.9999

  private final ImagePreprocessing how;
  private final float[][] lookup = new float[CHANNELS][256];

  PixelTensor(ImagePreprocessing how) {
    this.how = how;
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int value = 0; value < 256; value++) {
        double rescaled = value * how.rescale();
        lookup[channel][value] =
            (float) ((rescaled - how.mean().get(channel)) / how.std().get(channel));
      }
    }
  }

  /** Numbers of one picture. */
  int size() {
    return CHANNELS * how.width() * how.height();
  }

  /** Shape of a batch of {@code count} pictures. */
  long[] shape(int count) {
    return new long[] {count, CHANNELS, how.height(), how.width()};
  }

  /**
   * How much smaller a picture may be decoded: so that it still has to become at least {@value
   * #MARGIN} times smaller on its way to the tower's size, as Pillow's {@code thumbnail} does it.
   */
  int reduction(int width, int height) {
    if (filter() == ResampleFilter.NEAREST) {
      return 1; // takes pixels as they are, and a smaller picture has others
    }
    double shrinks =
        switch (how.resize()) {
          case EXACT -> Math.min((double) width / how.width(), (double) height / how.height());
          case SHORTEST_EDGE -> (double) Math.min(width, height) / how.edge();
          case LETTERBOX -> Math.max((double) width / how.width(), (double) height / how.height());
        };
    int reduction = Reduction.MOST;
    while (reduction > 1 && shrinks / reduction < MARGIN) {
      reduction /= 2;
    }
    return reduction;
  }

  /** The picture at the tower's size, still in bytes. */
  PixelImage fit(ReducedImage image) {
    return switch (how.resize()) {
      case EXACT -> {
        Region all = Region.all(how.width(), how.height());
        yield Resample.resize(image, how.width(), how.height(), filter(), all);
      }
      case SHORTEST_EDGE -> {
        double shorter = Math.min(image.width(), image.height());
        yield place(image, scaled(image.width(), shorter), scaled(image.height(), shorter));
      }
      case LETTERBOX -> {
        double scale = Math.min(how.width() / image.width(), how.height() / image.height());
        yield place(image, rounded(image.width() * scale), rounded(image.height() * scale));
      }
    };
  }

  private int scaled(double side, double shorter) {
    return (int) (how.edge() * side / shorter);
  }

  private static int rounded(double side) {
    return Math.max(1, (int) Math.round(side));
  }

  /** Resizes, then cuts out the centre and fills what the picture leaves open around it. */
  private PixelImage place(ReducedImage image, int width, int height) {
    Region kept = centre(width, height);
    PixelImage part = Resample.resize(image, width, height, filter(), kept);
    if (part.width() == how.width() && part.height() == how.height()) {
      return part;
    }
    int left = margin(how.width() - part.width());
    int top = margin(how.height() - part.height());
    byte[] canvas = filled();
    for (int y = 0; y < part.height(); y++) {
      int target = ((top + y) * how.width() + left) * CHANNELS;
      int line = part.width() * CHANNELS;
      System.arraycopy(part.rgb(), y * line, canvas, target, line);
    }
    return new PixelImage(how.width(), how.height(), canvas);
  }

  private Region centre(int width, int height) {
    int kept = Math.min(width, how.width());
    int rows = Math.min(height, how.height());
    return new Region((width - kept) / 2, (height - rows) / 2, kept, rows);
  }

  /** Hugging Face puts the odd pixel of a fill in front, letterboxes have it behind. */
  private int margin(int open) {
    return how.resize() == Resizing.LETTERBOX ? open / 2 : (open + 1) / 2;
  }

  /** A picture of the tower's size with nothing on it. */
  PixelImage black() {
    return new PixelImage(how.width(), how.height(), new byte[size()]);
  }

  private byte[] filled() {
    byte[] canvas = new byte[size()];
    for (int channel = 0; channel < CHANNELS; channel++) {
      byte value = how.fill().get(channel).byteValue();
      for (int at = channel; at < canvas.length && value != 0; at += CHANNELS) {
        canvas[at] = value;
      }
    }
    return canvas;
  }

  /** Writes a fitted picture, one channel after the other, at the buffer's position. */
  void write(PixelImage fitted, FloatBuffer target) {
    byte[] rgb = fitted.rgb();
    float[] plane = new float[how.width() * how.height()];
    for (int channel = 0; channel < CHANNELS; channel++) {
      float[] numbers = lookup[channel];
      for (int at = 0, source = channel; at < plane.length; at++, source += CHANNELS) {
        plane[at] = numbers[rgb[source] & 0xff];
      }
      target.put(plane);
    }
  }

  private ResampleFilter filter() {
    return ResampleFilter.valueOf(how.filter().name());
  }

  @Override
  public String toString() {
    return Arrays.toString(shape(1));
  }
}
