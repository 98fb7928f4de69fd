// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

/**
 * Resizes pictures exactly as Pillow's {@code Image.resize} does, to the last bit.
 *
 * <p>Models are trained on pictures that Pillow made smaller, and a vector moves when the pixels
 * do. So this is the same algorithm: a kernel that widens with the reduction (antialiasing),
 * applied first along rows and then along columns, in 8-bit fixed-point arithmetic with 22 fraction
 * bits, rounded to a byte in between.
 */
public final class Resample {
  private static final int FRACTION_BITS = 22;
  private static final int HALF = 1 << (FRACTION_BITS - 1);
  private static final int BANDS = 3;

  private Resample() {}

  /** The picture at another size. */
  public static PixelImage resize(PixelImage image, int width, int height, Filter filter) {
    return resize(image, width, height, filter, Region.all(width, height));
  }

  /**
   * A part of the picture at another size: as resized and then cropped, but only the part is ever
   * computed, so that a long thin picture cannot ask for gigabytes.
   *
   * @param width of the whole resized picture
   * @param height of the whole resized picture
   * @param part what to keep of it
   */
  public static PixelImage resize(
      PixelImage image, int width, int height, Filter filter, Region part) {
    if (width < 1 || height < 1 || !part.inside(width, height)) {
      throw new IllegalArgumentException(
          "Cannot resize to %d x %d and keep %s".formatted(width, height, part));
    }
    Kernel columns = Kernel.of(image.height(), height, filter, part.y(), part.height());
    Kernel rows = Kernel.of(image.width(), width, filter, part.x(), part.width());
    return alongColumns(alongRows(image, rows, columns), columns);
  }

  /** Only the source rows that the columns need; they start at row 0 of the result. */
  private static PixelImage alongRows(PixelImage image, Kernel kernel, Kernel columns) {
    int first = columns.firstSource();
    int height = columns.lastSource() - first;
    byte[] from = image.rgb();
    byte[] to = new byte[Math.multiplyExact(kernel.size() * BANDS, height)];
    int target = 0;
    for (int y = 0; y < height; y++) {
      int row = (first + y) * image.width() * BANDS;
      for (int x = 0; x < kernel.size(); x++, target += BANDS) {
        kernel.weigh(x, from, row + kernel.start(x) * BANDS, BANDS, to, target);
      }
    }
    return new PixelImage(kernel.size(), height, to);
  }

  private static PixelImage alongColumns(PixelImage image, Kernel kernel) {
    int stride = image.width() * BANDS;
    byte[] to = new byte[Math.multiplyExact(stride, kernel.size())];
    int target = 0;
    for (int y = 0; y < kernel.size(); y++) {
      int first = (kernel.start(y) - kernel.firstSource()) * stride;
      for (int x = 0; x < stride; x += BANDS, target += BANDS) {
        kernel.weigh(y, image.rgb(), first + x, stride, to, target);
      }
    }
    return new PixelImage(image.width(), kernel.size(), to);
  }

  /** For each position of the target: where its source pixels start, and their weights. */
  private static final class Kernel {
    private final int reach;
    private final int[] starts;
    private final int[] lengths;
    private final int[] weights;

    private Kernel(int size, int reach) {
      this.reach = reach;
      this.starts = new int[size];
      this.lengths = new int[size];
      this.weights = new int[Math.multiplyExact(size, reach)];
    }

    static Kernel of(int from, int to, Filter filter, int first, int size) {
      if (from == to) {
        return identity(first, size);
      }
      double scale = (double) from / to;
      double stretch = Math.max(1, scale); // a kernel narrower than a pixel would skip pixels
      double support = filter.support() * stretch;
      Kernel kernel = new Kernel(size, (int) Math.ceil(support) * 2 + 1);
      for (int i = 0; i < size; i++) {
        kernel.fill(i, (first + i + 0.5) * scale, support, stretch, from, filter);
      }
      return kernel;
    }

    private static Kernel identity(int first, int size) {
      Kernel kernel = new Kernel(size, 1);
      for (int i = 0; i < size; i++) {
        kernel.starts[i] = first + i;
        kernel.lengths[i] = 1;
        kernel.weights[i] = 1 << FRACTION_BITS;
      }
      return kernel;
    }

    private void fill(
        int position, double centre, double support, double stretch, int from, Filter filter) {
      int start = Math.max(0, (int) (centre - support + 0.5));
      int length = Math.min(from, (int) (centre + support + 0.5)) - start;
      double[] exact = new double[length];
      double inverse = 1.0 / stretch;
      double total = 0;
      for (int i = 0; i < length; i++) {
        exact[i] = filter.weight((i + start - centre + 0.5) * inverse);
        total += exact[i];
      }
      starts[position] = start;
      lengths[position] = length;
      for (int i = 0; i < length; i++) {
        double fixed = (total == 0 ? exact[i] : exact[i] / total) * (1 << FRACTION_BITS);
        weights[position * reach + i] = (int) (fixed < 0 ? fixed - 0.5 : fixed + 0.5);
      }
    }

    int size() {
      return starts.length;
    }

    int start(int position) {
      return starts[position];
    }

    int firstSource() {
      return starts[0];
    }

    int lastSource() {
      return starts[size() - 1] + lengths[size() - 1];
    }

    /** One pixel: the weighted sum of source pixels that lie {@code step} bytes apart. */
    void weigh(int position, byte[] from, int at, int step, byte[] to, int target) {
      int first = position * reach;
      int last = first + lengths[position];
      int red = HALF;
      int green = HALF;
      int blue = HALF;
      for (int i = first, source = at; i < last; i++, source += step) {
        int weight = weights[i];
        red += (from[source] & 0xff) * weight;
        green += (from[source + 1] & 0xff) * weight;
        blue += (from[source + 2] & 0xff) * weight;
      }
      to[target] = toByte(red);
      to[target + 1] = toByte(green);
      to[target + 2] = toByte(blue);
    }

    private static byte toByte(int sum) {
      return (byte) Math.min(255, Math.max(0, sum >> FRACTION_BITS));
    }
  }
}
