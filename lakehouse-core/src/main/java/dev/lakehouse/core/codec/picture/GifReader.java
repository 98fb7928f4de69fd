// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Bytes;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.Opacity;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads GIF: the first frame on its logical screen, as Pillow shows it.
 *
 * <p>Of the other frames the blocks are walked to the trailer, so that a cut file is found; their
 * pixels are not decoded.
 */
final class GifReader implements PictureReader {
  private static final int EXTENSION = 0x21;
  private static final int GRAPHIC_CONTROL = 0xF9;
  private static final int IMAGE = 0x2C;
  private static final int TRAILER = 0x3B;

  @Override
  public long area(byte[] bytes) throws ItemException {
    Bytes in = Bytes.littleEndian(bytes);
    long at = 13 + (Walk.hasPalette(in.u8(10)) ? Walk.paletteBytes(in.u8(10)) : 0);
    while (in.u8(at) != IMAGE) {
      at = in.u8(at) == EXTENSION ? Walk.skip(in, at + 2) : at + 1;
    }
    return (long) Math.max(in.u16(6), in.u16(at + 1) + in.u16(at + 5))
        * Math.max(in.u16(8), in.u16(at + 3) + in.u16(at + 7));
  }

  @Override
  public Picture read(byte[] bytes, Limits limits) throws ItemException {
    return new Walk(Bytes.littleEndian(bytes), limits).read();
  }

  /** One walk over the blocks of one file. */
  private static final class Walk {
    private final Bytes in;
    private final Limits limits;
    private final List<String> warnings = new ArrayList<>();
    private byte[] globalPalette = greys();
    private int transparent;
    private boolean hasTransparent;
    private Optional<Opacity> opacity = Optional.empty();
    private int frames;
    private int bits = 8;
    private PixelImage first = new PixelImage(0, 0, new byte[0]);

    Walk(Bytes in, Limits limits) {
      this.in = in;
      this.limits = limits;
    }

    Picture read() throws ItemException {
      limits.requireArea(in.u16(6), in.u16(8));
      long at = 13;
      if (hasPalette(in.u8(10))) {
        globalPalette = palette(at, in.u8(10));
        bits = (in.u8(10) & 7) + 1;
        at += paletteBytes(in.u8(10));
      }
      while (in.u8(at) != TRAILER) {
        at = block(at);
      }
      if (frames == 0) {
        throw new ItemException(ItemError.CORRUPT, "GIF without a picture");
      }
      return new Picture(first, opacity, 1, bits, frames, Exif.NONE, List.copyOf(warnings));
    }

    private long block(long at) throws ItemException {
      return switch (in.u8(at)) {
        case EXTENSION -> extension(at);
        case IMAGE -> image(at);
        case 0 -> {
          warnings.add("GIF_PADDING");
          yield at + 1;
        }
        default ->
            throw new ItemException(
                ItemError.CORRUPT, "GIF block of type %02x at %d".formatted(in.u8(at), at));
      };
    }

    private long extension(long at) throws ItemException {
      boolean control = in.u8(at + 1) == GRAPHIC_CONTROL && in.u8(at + 2) >= 4;
      if (control && frames == 0 && (in.u8(at + 3) & 1) == 1) {
        transparent = in.u8(at + 6);
        hasTransparent = true;
      }
      return skip(in, at + 2);
    }

    /** Skips sub-blocks up to and with the empty one that ends them. */
    private static long skip(Bytes in, long from) throws ItemException {
      long at = from;
      while (in.u8(at) != 0) {
        at += in.u8(at) + 1;
      }
      return at + 1;
    }

    private long image(long at) throws ItemException {
      int width = in.u16(at + 5);
      int height = in.u16(at + 7);
      int flags = in.u8(at + 9);
      limits.requireFrames(++frames);
      limits.requireArea(width, height);
      long data = at + 10 + (hasPalette(flags) ? paletteBytes(flags) : 0);
      long end = skip(in, data + 1);
      if (frames == 1) {
        byte[] colours = hasPalette(flags) ? palette(at + 10, flags) : globalPalette;
        first = draw(at, width, height, subBlocks(data + 1), in.u8(data), colours);
      }
      return end;
    }

    private byte[] subBlocks(long from) throws ItemException {
      ByteArrayOutputStream data = new ByteArrayOutputStream();
      for (long at = from; in.u8(at) != 0; at += in.u8(at) + 1) {
        in.require(at + 1, in.u8(at));
        data.write(in.array(), (int) at + 1, in.u8(at));
      }
      return data.toByteArray();
    }

    /** Draws a frame on a screen that is widened to hold it. */
    private PixelImage draw(
        long at, int width, int height, byte[] packed, int codeBits, byte[] colours)
        throws ItemException {
      int left = in.u16(at + 1);
      int top = in.u16(at + 3);
      int screenWidth = Math.max(in.u16(6), left + width);
      int screenHeight = Math.max(in.u16(8), top + height);
      limits.requireArea(screenWidth, screenHeight);
      byte[] indexes = new GifLzw(packed, codeBits).decode(width * height);
      byte[] rgb = new byte[screenWidth * screenHeight * 3];
      for (int i = 0; i < rgb.length; i += 3) {
        System.arraycopy(colours, 3 * transparent, rgb, i, 3);
      }
      byte[] levels = new byte[screenWidth * screenHeight]; // nothing where no frame was drawn
      boolean interlaced = (in.u8(at + 9) & 0x40) != 0;
      for (int row = 0; row < height; row++) {
        int y = top + (interlaced ? interlacedRow(row, height) : row);
        for (int x = 0; x < width; x++) {
          int index = indexes[row * width + x] & 0xFF;
          int pixel = y * screenWidth + left + x;
          System.arraycopy(colours, 3 * index, rgb, 3 * pixel, 3);
          levels[pixel] = (byte) (hasTransparent && index == transparent ? 0 : 255);
        }
      }
      opacity = Opacity.of(levels);
      return new PixelImage(screenWidth, screenHeight, rgb);
    }

    /** Where the n-th coded row belongs: every eighth, those between, every second, the rest. */
    private static int interlacedRow(int n, int height) {
      int eighths = (height + 7) / 8;
      int fourths = eighths + (height + 3) / 8;
      int halves = fourths + (height + 1) / 4;
      if (n < eighths) {
        return 8 * n;
      }
      if (n < fourths) {
        return 8 * (n - eighths) + 4;
      }
      return n < halves ? 4 * (n - fourths) + 2 : 2 * (n - halves) + 1;
    }

    private static boolean hasPalette(int flags) {
      return (flags & 0x80) != 0;
    }

    private static int paletteBytes(int flags) {
      return 3 << (flags & 7) + 1;
    }

    private byte[] palette(long at, int flags) throws ItemException {
      in.require(at, paletteBytes(flags));
      byte[] colours = new byte[768];
      System.arraycopy(in.array(), (int) at, colours, 0, paletteBytes(flags));
      return colours;
    }

    private static byte[] greys() {
      byte[] colours = new byte[768];
      for (int i = 0; i < 256; i++) {
        Arrays.fill(colours, 3 * i, 3 * i + 3, (byte) i);
      }
      return colours;
    }
  }
}
