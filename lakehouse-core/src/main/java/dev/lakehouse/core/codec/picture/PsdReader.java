// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Bytes;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the merged picture that stands at the end of a Photoshop file; layers are skipped.
 *
 * <p>Adobe, "Photoshop File Formats Specification", image data section.
 */
final class PsdReader implements PictureReader {
  private static final int HEADER = 26;
  private static final int INDEXED = 2;
  private static final int MAX_CHANNELS = 56;

  @Override
  public long area(byte[] bytes) throws ItemException {
    Bytes in = Bytes.bigEndian(bytes);
    return in.u32(14) * in.u32(18);
  }

  @Override
  public Picture read(byte[] bytes, Limits limits) throws ItemException {
    return new Walk(Bytes.bigEndian(bytes), limits).read();
  }

  /** One walk over the sections of one file. */
  private static final class Walk {
    private final Bytes in;
    private final int channels;
    private final int width;
    private final int height;
    private final int depth;
    private final int mode;

    Walk(Bytes in, Limits limits) throws ItemException {
      this.in = in;
      this.channels = in.u16(12);
      limits.requireArea(in.u32(18), in.u32(14));
      this.height = in.i32(14);
      this.width = in.i32(18);
      this.depth = in.u16(22);
      this.mode = in.u16(24);
      if (needed() == 0 || channels < needed() || channels > MAX_CHANNELS || depth != 8) {
        throw new ItemException(
            ItemError.UNSUPPORTED_FEATURE,
            "Photoshop file of mode %d with %d channels of %d bits"
                .formatted(mode, channels, depth));
      }
    }

    /** Channels that carry colour; 0 for modes that are not taken. */
    private int needed() {
      return switch (mode) {
        case 1, INDEXED, 8 -> 1;
        case 3 -> 3;
        case 4 -> 4;
        default -> 0;
      };
    }

    Picture read() throws ItemException {
      long at = HEADER;
      for (int section = 0; section < 3; section++) {
        at += 4 + in.u32(at); // colours, resources, layers
      }
      int compression = in.u16(at);
      byte[][] planes =
          switch (compression) {
            case 0 -> plain(at + 2);
            case 1 -> packed(at + 2);
            default ->
                throw new ItemException(
                    ItemError.UNSUPPORTED_FEATURE,
                    "Photoshop file with compression " + compression);
          };
      return new Picture(toRgb(planes), channels, depth, 1, Exif.NONE, List.of());
    }

    private byte[][] plain(long at) throws ItemException {
      long plane = (long) width * height;
      in.require(at, plane * channels);
      byte[][] planes = new byte[needed()][(int) plane];
      for (int i = 0; i < planes.length; i++) {
        System.arraycopy(in.array(), (int) (at + i * plane), planes[i], 0, (int) plane);
      }
      return planes;
    }

    /** PackBits rows, their lengths in a table in front of them. */
    private byte[][] packed(long table) throws ItemException {
      long at = table + 2L * channels * height;
      in.require(table, at - table);
      byte[][] planes = new byte[needed()][width * height];
      for (int channel = 0; channel < channels; channel++) {
        for (int y = 0; y < height; y++) {
          int length = in.u16(table + 2L * (channel * height + y));
          in.require(at, length);
          if (channel < planes.length) {
            unpack(at, at + length, planes[channel], y * width);
          }
          at += length;
        }
      }
      return planes;
    }

    private void unpack(long from, long end, byte[] plane, int start) throws ItemException {
      int out = start;
      int stop = start + width;
      long at = from;
      while (out < stop && at < end) {
        int code = (byte) in.u8(at++);
        int count = Math.min(code < 0 ? 1 - code : code + 1, stop - out);
        if (code >= 0) {
          in.require(at, count);
          System.arraycopy(in.array(), (int) at, plane, out, count);
          at += code + 1;
        } else if (code != -128) {
          Arrays.fill(plane, out, out + count, (byte) in.u8(at++));
        }
        out += code == -128 ? 0 : count;
      }
      if (out < stop) {
        throw new ItemException(ItemError.TRUNCATED, "Photoshop row that ends early");
      }
    }

    private PixelImage toRgb(byte[][] planes) throws ItemException {
      byte[] rgb = new byte[width * height * 3];
      for (int i = 0; i < width * height; i++) {
        for (int band = 0; band < 3; band++) {
          rgb[3 * i + band] =
              switch (mode) {
                case INDEXED -> (byte) in.u8(HEADER + 4 + 256L * band + (planes[0][i] & 0xFF));
                case 3 -> planes[band][i];
                case 4 -> JpegColours.underInk(255 - (planes[band][i] & 0xFF), planes[3][i] & 0xFF);
                default -> planes[0][i];
              };
        }
      }
      return new PixelImage(width, height, rgb);
    }
  }
}
