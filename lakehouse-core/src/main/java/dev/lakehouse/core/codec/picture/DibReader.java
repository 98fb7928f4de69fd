// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Bytes;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.Opacity;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Reads a device-independent bitmap: what BMP and ICO files are made of. */
final class DibReader {
  private static final int CORE_HEADER = 12;
  private static final int INFO_HEADER = 40;
  private static final Set<Long> HEADERS = Set.of(12L, 16L, 40L, 52L, 56L, 64L, 108L, 124L);
  private static final int PLAIN = 0;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final int BIT_FIELDS = 3;
  private static final int ALPHA_BIT_FIELDS = 6;

  private final Bytes in;
  private final long header;
  private final int width;
  private final int height;
  private final boolean topDown;
  private final int depth;
  private final int compression;
  private final byte[] palette = new byte[768];
  private final long afterPalette;

  private DibReader(Bytes in, long header, int maskRows, Limits limits) throws ItemException {
    this.in = in;
    this.header = header;
    if (!HEADERS.contains(headerBytes())) {
      throw new ItemException(
          ItemError.CORRUPT, "Bitmap with a header of %d bytes".formatted(headerBytes()));
    }
    boolean core = headerBytes() == CORE_HEADER;
    long tall = core ? in.u16(header + 6) : in.i32(header + 8);
    long wide = core ? in.u16(header + 4) : in.i32(header + 4);
    limits.requireArea(wide, Math.abs(tall) / maskRows);
    this.width = (int) wide;
    this.height = (int) (Math.abs(tall) / maskRows);
    this.topDown = tall < 0;
    this.depth = in.u16(header + (core ? 10 : 14));
    this.compression = headerBytes() < 20 ? PLAIN : in.i32(header + 16);
    requireKnown();
    this.afterPalette = readPalette(core);
  }

  /** Pixels that the header at an offset claims. */
  static long area(Bytes in, long header) throws ItemException {
    return in.u32(header) == CORE_HEADER
        ? (long) in.u16(header + 4) * in.u16(header + 6)
        : Math.abs((long) in.i32(header + 4) * in.i32(header + 8));
  }

  /** A bitmap whose pixels begin where its file says. */
  static DibReader of(Bytes in, long header, Limits limits) throws ItemException {
    return new DibReader(in, header, 1, limits);
  }

  /** A bitmap of an icon, twice as high because a mask lies behind its pixels. */
  static DibReader ofIcon(Bytes in, long header, Limits limits) throws ItemException {
    return new DibReader(in, header, 2, limits);
  }

  int depth() {
    return depth;
  }

  /** Where the pixels of an icon begin. */
  long afterPalette() {
    return afterPalette;
  }

  /** The pixels that begin at an offset. */
  PixelImage pixels(long at) throws ItemException {
    if (compression == RLE8 || compression == RLE4) {
      byte[] indexes = new DibRuns(in, at, width, height, depth).decode();
      return toRgb((x, row) -> colour(indexes[row * width + x] & 0xFF));
    }
    long stride = ((long) width * depth + 31) / 32 * 4;
    in.require(at, stride * (height - 1) + ((long) width * depth + 7) / 8);
    return switch (depth) {
      case 16 -> masked(at, stride, new int[] {0x7C00, 0x3E0, 0x1F});
      case 24 -> toRgb((x, row) -> in.u24(at + row * stride + 3L * x));
      case 32 -> masked(at, stride, new int[] {0xFF0000, 0xFF00, 0xFF});
      default -> toRgb((x, row) -> colour(index(at + row * stride, x)));
    };
  }

  /**
   * Alpha of an icon: that of its pixels where it has any, else its mask, if that is there; set
   * bits of it cover nothing.
   */
  Optional<Opacity> opacity() throws ItemException {
    byte[] levels = new byte[width * height];
    long stride = ((long) width * depth + 31) / 32 * 4;
    long mask = afterPalette + stride * height;
    long maskStride = (width + 31L) / 32 * 4;
    boolean masked = mask + maskStride * height <= in.length();
    int any = 0;
    for (int row = 0; row < height; row++) {
      int out = width * (topDown ? row : height - 1 - row);
      for (int x = 0; x < width; x++) {
        int alpha = depth == 32 ? in.u8(afterPalette + row * stride + 4L * x + 3) : 0;
        levels[out + x] = (byte) alpha;
        any |= alpha;
      }
    }
    for (int row = 0; any == 0 && row < height; row++) {
      int out = width * (topDown ? row : height - 1 - row);
      for (int x = 0; x < width; x++) {
        boolean open =
            masked && (in.u8(mask + row * maskStride + (x >> 3)) >> 7 - (x & 7) & 1) == 1;
        levels[out + x] = (byte) (open ? 0 : 255);
      }
    }
    return Opacity.of(levels);
  }

  private long headerBytes() throws ItemException {
    return in.u32(header);
  }

  private void requireKnown() throws ItemException {
    boolean known =
        switch (compression) {
          case PLAIN -> depth == 1 || depth == 4 || depth == 8 || depth >= 16;
          case RLE8 -> depth == 8;
          case RLE4 -> depth == 4;
          case BIT_FIELDS, ALPHA_BIT_FIELDS -> depth == 16 || depth == 32;
          default -> false;
        };
    if (!known || depth > 32 || (depth > 16 && depth % 8 != 0)) {
      throw new ItemException(
          ItemError.UNSUPPORTED_FEATURE,
          "Bitmap with compression %d and %d bits a pixel".formatted(compression, depth));
    }
  }

  /** Fills the palette; returns where it ends. */
  private long readPalette(boolean core) throws ItemException {
    boolean ownMasks = isMasked() && headerBytes() == INFO_HEADER;
    long at = header + headerBytes() + (ownMasks ? maskBytes() : 0);
    long used = headerBytes() < 36 ? 0 : in.u32(header + 32);
    if (depth > 8) {
      return at + (core ? 0 : 4 * Math.min(used, 256)); // a hint for old displays
    }
    long entries = used == 0 ? 1 << depth : used;
    if (entries > 256) {
      throw new ItemException(ItemError.CORRUPT, "Bitmap with %d colours".formatted(entries));
    }
    int step = core ? 3 : 4;
    in.require(at, entries * step);
    for (int i = 0; i < entries; i++) {
      for (int band = 0; band < 3; band++) {
        palette[3 * i + band] = (byte) in.u8(at + (long) i * step + 2 - band);
      }
    }
    return at + entries * step;
  }

  private boolean isMasked() {
    return compression == BIT_FIELDS || compression == ALPHA_BIT_FIELDS;
  }

  private int maskBytes() {
    return compression == BIT_FIELDS ? 12 : 16;
  }

  private int colour(int index) {
    int at = 3 * index;
    return (palette[at] & 0xFF) << 16 | (palette[at + 1] & 0xFF) << 8 | palette[at + 2] & 0xFF;
  }

  private int index(long row, int x) throws ItemException {
    int bit = x * depth;
    int shift = 8 - depth - (bit & 7);
    return in.u8(row + (bit >> 3)) >> shift & (1 << depth) - 1;
  }

  private PixelImage masked(long at, long stride, int[] usual) throws ItemException {
    int[] masks = Arrays.copyOf(usual, 3);
    for (int band = 0; isMasked() && band < 3; band++) {
      masks[band] = in.i32(header + INFO_HEADER + 4L * band);
    }
    int step = depth / 8;
    return toRgb(
        (x, row) -> {
          long pixel = at + row * stride + (long) x * step;
          int value = step == 2 ? in.u16(pixel) : in.i32(pixel);
          return sample(value, masks[0]) << 16
              | sample(value, masks[1]) << 8
              | sample(value, masks[2]);
        });
  }

  /** The bits under a mask, stretched to 0..255. */
  private static int sample(int value, int mask) {
    if (mask == 0) {
      return 0;
    }
    int shift = Integer.numberOfTrailingZeros(mask);
    long max = (mask & 0xFFFFFFFFL) >>> shift;
    return (int) (((value & mask) >>> shift & 0xFFFFFFFFL) * 255 / max);
  }

  /** A pixel of a coded row as 0xRRGGBB. */
  private interface PixelAt {
    int rgb(int x, int row) throws ItemException;
  }

  private PixelImage toRgb(PixelAt source) throws ItemException {
    byte[] rgb = new byte[width * height * 3];
    for (int row = 0; row < height; row++) {
      int out = 3 * width * (topDown ? row : height - 1 - row);
      for (int x = 0; x < width; x++, out += 3) {
        int pixel = source.rgb(x, row);
        rgb[out] = (byte) (pixel >> 16);
        rgb[out + 1] = (byte) (pixel >> 8);
        rgb[out + 2] = (byte) pixel;
      }
    }
    return new PixelImage(width, height, rgb);
  }
}
