// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import dev.lakehouse.core.bundle.ImagePreprocessing;
import dev.lakehouse.core.bundle.Resizing;
import dev.lakehouse.core.codec.Filter;
import dev.lakehouse.core.codec.PixelImage;
import dev.lakehouse.core.codec.Region;
import dev.lakehouse.core.codec.Resample;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** A picture as an image tower sees it, made as the preprocessing of the bundle says. */
final class PixelTensor {
  /** Changes when the same bytes would become other numbers; part of the encoder's name. */
  static final String STEPS = "decode@1 pillow-resize@1 nchw@1";

  private static final int CHANNELS = 3;

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

  /** The picture at the tower's size, still in bytes. */
  PixelImage fit(PixelImage image) {
    return switch (how.resize()) {
      case EXACT -> Resample.resize(image, how.width(), how.height(), filter());
      case SHORTEST_EDGE -> {
        int shorter = Math.min(image.width(), image.height());
        yield place(image, scaled(image.width(), shorter), scaled(image.height(), shorter));
      }
      case LETTERBOX -> {
        double scale =
            Math.min((double) how.width() / image.width(), (double) how.height() / image.height());
        yield place(image, rounded(image.width() * scale), rounded(image.height() * scale));
      }
    };
  }

  private int scaled(int side, int shorter) {
    return (int) ((double) ((long) how.edge() * side) / shorter);
  }

  private static int rounded(double side) {
    return Math.max(1, (int) Math.round(side));
  }

  /** Resizes, then cuts out the centre and fills what the picture leaves open around it. */
  private PixelImage place(PixelImage image, int width, int height) {
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

  private byte[] filled() {
    byte[] canvas = new byte[how.width() * how.height() * CHANNELS];
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

  private Filter filter() {
    return Filter.valueOf(how.filter().name());
  }

  @Override
  public String toString() {
    return Arrays.toString(shape(1));
  }
}
