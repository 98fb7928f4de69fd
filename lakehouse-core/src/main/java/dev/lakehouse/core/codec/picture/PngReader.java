// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Bytes;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads PNG, of an animated one the default picture.
 *
 * <p>Not ImageIO's reader: that one inflates texts and profiles without a limit, applies profiles
 * that the reference does not, and fills what is missing without a word.
 */
final class PngReader implements PictureReader {
  private static final int SIGNATURE_BYTES = 8;

  @Override
  public long area(byte[] bytes) throws ItemException {
    return area(Bytes.bigEndian(bytes), 0);
  }

  /** Pixels of a PNG that begins somewhere in a file. */
  static long area(Bytes bigEndian, long at) throws ItemException {
    return bigEndian.u32(at + 16) * bigEndian.u32(at + 20);
  }

  @Override
  public Picture read(byte[] bytes, Limits limits) throws ItemException {
    try (PngData data = new PngData(bytes)) {
      return new Walk(Bytes.bigEndian(bytes), limits, data).read();
    }
  }

  /** One walk over the chunks of one file. */
  private static final class Walk {
    private final Bytes in;
    private final Limits limits;
    private final PngData data;
    private final PngHeader header;
    private final byte[] palette = new byte[768];
    private byte[] transparent = {};
    private final List<String> warnings = new ArrayList<>();
    private Exif exif = Exif.NONE;
    private boolean hasPalette;
    private boolean hasData;
    private boolean defaultIsFrame;
    private int animated;

    Walk(Bytes in, Limits limits, PngData data) throws ItemException {
      this.in = in;
      this.limits = limits;
      this.data = data;
      if (!in.spells(SIGNATURE_BYTES + 4, "IHDR") || in.u32(SIGNATURE_BYTES) != 13) {
        in.require(SIGNATURE_BYTES, 25);
        throw new ItemException(ItemError.CORRUPT, "The first chunk of the PNG is not its header");
      }
      this.header = PngHeader.read(in, SIGNATURE_BYTES + 8, limits);
    }

    Picture read() throws ItemException {
      long at = SIGNATURE_BYTES;
      String type = "";
      while (!type.equals("IEND")) {
        long length = in.u32(at);
        type = in.ascii(at + 4, 4);
        in.require(at + 8, length + 4);
        if (isWhole(type, at, length)) {
          take(type, at + 8, length);
        }
        at += length + 12;
      }
      if (header.colour() == PngHeader.PALETTE && !hasPalette) {
        throw new ItemException(ItemError.CORRUPT, "PNG with indexed colours but no palette");
      }
      Optional<PngOpacity> opacity = PngOpacity.of(header, transparent);
      PixelImage pixels = pixels(opacity);
      return new Picture(
          pixels,
          opacity.flatMap(PngOpacity::opacity),
          header.channels(),
          header.depth(),
          frames(),
          exif,
          List.copyOf(warnings));
    }

    /** A default picture that is no part of the animation counts beside it. */
    private int frames() {
      return animated == 0 ? 1 : animated + (defaultIsFrame ? 0 : 1);
    }

    private PixelImage pixels(Optional<PngOpacity> opacity) throws ItemException {
      data.requireRoomFor(header.rawBytes());
      PixelImage pixels = new PngPixels(header, palette, opacity).read(data);
      if (!data.endsHere()) {
        warnings.add("PNG_EXTRA_DATA");
      }
      return pixels;
    }

    private boolean isWhole(String type, long at, long length) throws ItemException {
      CRC32 crc = new CRC32();
      crc.update(in.array(), (int) at + 4, (int) length + 4);
      if (crc.getValue() == in.u32(at + 8 + length)) {
        return true;
      }
      if (!type.isEmpty() && Character.isLowerCase(type.charAt(0))) {
        warnings.add("PNG_CHUNK_CRC"); // without it the picture is the same
        return false;
      }
      throw new ItemException(ItemError.CORRUPT, "PNG chunk %s fails its checksum".formatted(type));
    }

    private void take(String type, long at, long length) throws ItemException {
      switch (type) {
        case "IHDR", "IEND" -> {}
        case "PLTE" -> takePalette(at, length);
        case "tRNS" -> transparent = part(at, length);
        case "IDAT" -> takeData(at, length);
        case "acTL" -> takeAnimation(at, length);
        case "fcTL" -> defaultIsFrame |= !hasData;
        case "eXIf" -> exif = exif.and(Exif.of(part(at, length)));
        case "iTXt" -> takeText(at, length);
        case "zTXt" -> requireSmall(type, at, at + length, Limits.MAX_PACKED_TEXT);
        case "iCCP" -> requireSmall(type, at, at + length, Limits.MAX_PACKED_PROFILE);
        default -> requireAncillary(type);
      }
    }

    private void takePalette(long at, long length) throws ItemException {
      if (length == 0 || length % 3 != 0 || length > palette.length) {
        throw new ItemException(ItemError.CORRUPT, "PNG palette of %d bytes".formatted(length));
      }
      System.arraycopy(in.array(), (int) at, palette, 0, (int) length);
      hasPalette = true;
    }

    private void takeData(long at, long length) {
      data.add(at, length);
      hasData = true;
    }

    private void takeAnimation(long at, long length) throws ItemException {
      boolean legal = length == 8 && !hasData && animated == 0 && in.i32(at) > 0;
      if (legal) {
        limits.requireFrames(in.u32(at));
      }
      animated = legal ? in.i32(at) : 0;
    }

    private void takeText(long at, long length) throws ItemException {
      long end = at + length;
      long flags = afterNul(at, end);
      boolean packed = flags + 2 <= end && in.u8(flags) == 1;
      if (packed) {
        requireSmall("iTXt", afterNul(flags + 2, end), end, Limits.MAX_PACKED_TEXT);
      } else if (in.spells(at, "XML:com.adobe.xmp")) {
        exif = exif.and(Exif.ofXmp(part(at, length)));
      }
    }

    private long afterNul(long from, long end) throws ItemException {
      long at = from;
      while (at < end && in.u8(at) != 0) {
        at++;
      }
      return Math.min(at + 1, end);
    }

    /** Counts what follows the next NUL and a method byte inflates to, without keeping it. */
    private void requireSmall(String type, long at, long end, int max) throws ItemException {
      int from = (int) Math.min(afterNul(at, end) + 1, end);
      Inflater inflater = new Inflater();
      try {
        inflater.setInput(in.array(), from, (int) end - from);
        byte[] sink = new byte[8192];
        while (inflater.inflate(sink) > 0) {
          if (inflater.getBytesWritten() > max) {
            throw new ItemException(
                ItemError.BYTE_LIMIT, "PNG chunk %s grows beyond %d bytes".formatted(type, max));
          }
        }
      } catch (DataFormatException e) {
        warnings.add("PNG_TEXT_UNREADABLE");
      } finally {
        inflater.end();
      }
    }

    private byte[] part(long at, long length) {
      return Arrays.copyOfRange(in.array(), (int) at, (int) (at + length));
    }

    private static void requireAncillary(String type) throws ItemException {
      if (!Character.isLowerCase(type.charAt(0))) {
        throw new ItemException(
            ItemError.UNSUPPORTED_FEATURE, "PNG chunk '%s' is not known".formatted(type));
      }
    }
  }
}
