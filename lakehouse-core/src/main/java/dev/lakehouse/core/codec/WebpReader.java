// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import dev.lakehouse.core.codec.CodecException.Code;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Reads WebP, lossy and lossless; of an animation the first frame. */
final class WebpReader implements PictureReader {
  private static final int FILE_HEADER = 12;

  @Override
  public long area(byte[] bytes) throws CodecException {
    Bytes in = Bytes.littleEndian(bytes);
    return switch (in.ascii(FILE_HEADER, 4)) {
      case "VP8X" -> (in.u24(24) + 1L) * (in.u24(27) + 1L);
      case "VP8L" -> ((in.u32(21) & 0x3FFF) + 1) * ((in.u32(21) >> 14 & 0x3FFF) + 1);
      default -> (in.u16(26) & 0x3FFFL) * (in.u16(28) & 0x3FFF);
    };
  }

  @Override
  public Picture read(byte[] bytes, Limits limits) throws CodecException, IOException {
    Walk walk = new Walk(Bytes.littleEndian(bytes), limits);
    walk.walk();
    BufferedImage image = Plugins.read(new WebPImageReaderSpi(), bytes);
    PixelImage pixels = Rasters.toRgb(image, Rasters.Alpha.APART);
    int channels = image.getColorModel().hasAlpha() ? 4 : 3;
    return new Picture(pixels, channels, 8, walk.frames, walk.exif, List.of());
  }

  /** One walk over the chunks of one file. */
  private static final class Walk {
    private final Bytes in;
    private final Limits limits;
    private Exif exif = Exif.NONE;
    private int frames;

    Walk(Bytes in, Limits limits) {
      this.in = in;
      this.limits = limits;
    }

    void walk() throws CodecException {
      long end = 8 + in.u32(4);
      in.require(0, end);
      for (long at = FILE_HEADER; at + 8 <= end; ) {
        long length = in.u32(at + 4);
        in.require(at + 8, length);
        take(in.ascii(at, 4), at + 8, length);
        at += 8 + length + (length & 1);
      }
      if (frames == 0) {
        throw new CodecException(Code.CORRUPT, "WebP without a picture");
      }
    }

    private void take(String type, long at, long length) throws CodecException {
      switch (type) {
        case "VP8 " -> lossy(at);
        case "VP8L" -> lossless(at);
        case "VP8X" -> limits.requireArea(in.u24(at + 4) + 1L, in.u24(at + 7) + 1L);
        case "ANMF" -> frame(at, length);
        case "EXIF" -> exif = exif.and(Exif.of(part(at, length)));
        case "XMP " -> exif = exif.and(Exif.ofXmp(part(at, length)));
        default -> {}
      }
    }

    private void lossy(long at) throws CodecException {
      limits.requireFrames(++frames);
      if (in.u24(at + 3) != 0x2A019D) {
        throw new CodecException(Code.CORRUPT, "WebP frame without its start code");
      }
      limits.requireArea(in.u16(at + 6) & 0x3FFF, in.u16(at + 8) & 0x3FFF);
    }

    private void lossless(long at) throws CodecException {
      limits.requireFrames(++frames);
      long packed = in.u32(at + 1);
      limits.requireArea((packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1);
    }

    /** A frame holds its own chunks behind sixteen bytes of place and time. */
    private void frame(long at, long length) throws CodecException {
      limits.requireArea(in.u24(at + 6) + 1L, in.u24(at + 9) + 1L);
      for (long part = at + 16; part + 8 <= at + length; ) {
        long size = in.u32(part + 4);
        in.require(part + 8, size);
        String type = in.ascii(part, 4);
        if (type.equals("VP8 ") || type.equals("VP8L")) {
          take(type, part + 8, size);
        }
        part += 8 + size + (size & 1);
      }
    }

    private byte[] part(long at, long length) {
      return Arrays.copyOfRange(in.array(), (int) at, (int) (at + length));
    }
  }
}
