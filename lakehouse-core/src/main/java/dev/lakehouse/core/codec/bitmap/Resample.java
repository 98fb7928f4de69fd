// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.bitmap;

import java.util.Arrays;

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
  public static PixelImage resize(PixelImage image, int width, int height, ResampleFilter filter) {
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
      PixelImage image, int width, int height, ResampleFilter filter, Region part) {
    return resize(ReducedImage.whole(image), width, height, filter, part);
  }

  /** Does the same with a picture that was decoded smaller; as Pillow's {@code resize} with box. */
  public static PixelImage resize(
      ReducedImage reduced, int width, int height, ResampleFilter filter, Region part) {
    if (width < 1 || height < 1 || !part.inside(width, height)) {
      throw new IllegalArgumentException(
          "Cannot resize to %d x %d and keep %s".formatted(width, height, part));
    }
    if (filter == ResampleFilter.NEAREST) {
      return Nearest.resize(reduced, width, height, part);
    }
    PixelImage image = reduced.pixels();
    Kernel columns =
        Kernel.of(image.height(), reduced.height(), height, filter, part.y(), part.height());
    Kernel rows = Kernel.of(image.width(), reduced.width(), width, filter, part.x(), part.width());
    int[][] sums = new int[part.height()][Math.multiplyExact(part.width(), BANDS)];
    for (int[] row : sums) {
      Arrays.fill(row, HALF);
    }
    Strip strip = new Strip(image, rows);
    for (int y = columns.firstSource(); y < columns.lastSource(); y += Strip.ROWS) {
      strip.take(y);
      columns.add(strip.resized(), y, sums);
    }
    return new PixelImage(part.width(), part.height(), toBytes(sums));
  }

  private static byte[] toBytes(int[][] sums) {
    byte[] bytes = new byte[Math.multiplyExact(sums.length, sums[0].length)];
    int at = 0;
    for (int[] row : sums) {
      for (int sum : row) {
        bytes[at++] = (byte) toByte(sum);
      }
    }
    return bytes;
  }

  private static int toByte(int sum) {
    return Math.min(255, Math.max(0, sum >> FRACTION_BITS));
  }

  /**
   * Adds a multiple of some numbers to others. This is where the time goes: a loop over whole
   * arrays of {@code int} is one that the JVM turns into vector instructions.
   */
  private static void add(int[] from, int weight, int[] to) {
    for (int i = 0; i < to.length; i++) {
      to[i] += from[i] * weight;
    }
  }

  /** Some rows of a picture, made narrower: the same weights go down a whole column of them. */
  private static final class Strip {
    static final int ROWS = 32;
    private static final int COLUMN = ROWS * BANDS;

    private final PixelImage image;
    private final Kernel kernel;
    private final int[][] columns; // of the source, from the first that is needed
    private final int[][] resized; // rows again
    private final int[] sums = new int[COLUMN];

    Strip(PixelImage image, Kernel kernel) {
      this.image = image;
      this.kernel = kernel;
      this.columns = new int[kernel.lastSource() - kernel.firstSource()][COLUMN];
      this.resized = new int[ROWS][Math.multiplyExact(kernel.size(), BANDS)];
    }

    int[][] resized() {
      return resized;
    }

    /** Rows from this one on; those behind the last of the picture are left as they were. */
    void take(int firstRow) {
      int rows = Math.min(ROWS, image.height() - firstRow);
      for (int x = 0; x < columns.length; x++) {
        turn(x, firstRow, rows);
      }
      for (int x = 0; x < kernel.size(); x++) {
        Arrays.fill(sums, HALF);
        for (int i = 0; i < kernel.length(x); i++) {
          add(columns[kernel.start(x) + i - kernel.firstSource()], kernel.weight(x, i), sums);
        }
        turnBack(x, rows);
      }
    }

    private void turn(int x, int firstRow, int rows) {
      byte[] rgb = image.rgb();
      int[] column = columns[x];
      int stride = image.width() * BANDS;
      int from = firstRow * stride + (kernel.firstSource() + x) * BANDS;
      for (int row = 0; row < rows; row++, from += stride) {
        column[row] = rgb[from] & 0xff;
        column[row + ROWS] = rgb[from + 1] & 0xff;
        column[row + 2 * ROWS] = rgb[from + 2] & 0xff;
      }
    }

    private void turnBack(int x, int rows) {
      for (int row = 0; row < rows; row++) {
        int[] to = resized[row];
        to[x * BANDS] = toByte(sums[row]);
        to[x * BANDS + 1] = toByte(sums[row + ROWS]);
        to[x * BANDS + 2] = toByte(sums[row + 2 * ROWS]);
      }
    }
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

    /**
     * @param from pixels that there are
     * @param extent what of them is the picture
     * @param to pixels that it becomes
     * @param first of those, the first that is kept
     * @param size how many are kept
     */
    static Kernel of(int from, double extent, int to, ResampleFilter filter, int first, int size) {
      if (extent == to) {
        return identity(first, size);
      }
      double scale = extent / to;
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
        int position,
        double centre,
        double support,
        double stretch,
        int from,
        ResampleFilter filter) {
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

    int length(int position) {
      return lengths[position];
    }

    int weight(int position, int i) {
      return weights[position * reach + i];
    }

    /** Adds what some rows give to every target that they are a part of. */
    void add(int[][] rows, int first, int[][] sums) {
      for (int y = 0; y < size(); y++) {
        int from = Math.max(first, starts[y]);
        int to = Math.min(first + rows.length, starts[y] + lengths[y]);
        for (int row = from; row < to; row++) {
          Resample.add(rows[row - first], weight(y, row - starts[y]), sums[y]);
        }
      }
    }
  }
}
