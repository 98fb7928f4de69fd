// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Bytes;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.Opacity;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads WebP with libwebp, lossy and lossless; of an animation the first frame on its canvas. */
final class WebpReader implements PictureReader {
  private static final int FILE_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FRAME_HEADER = 16;
  private static final int EXTENDED = 10; // bytes of a VP8X chunk
  private static final int CANVAS = 24; // where that chunk has the size
  private static final int ALPHA = 0x10;

  @Override
  public long area(byte[] bytes) throws ItemException {
    Bytes in = Bytes.littleEndian(bytes);
    return switch (in.ascii(FILE_HEADER, 4)) {
      case "VP8X" -> (in.u24(24) + 1L) * (in.u24(27) + 1L);
      case "VP8L" -> ((in.u32(21) & 0x3FFF) + 1) * ((in.u32(21) >> 14 & 0x3FFF) + 1);
      default -> (in.u16(26) & 0x3FFFL) * (in.u16(28) & 0x3FFF);
    };
  }

  @Override
  public Picture read(byte[] bytes, Limits limits) throws ItemException, IOException {
    Walk walk = new Walk(Bytes.littleEndian(bytes), limits);
    walk.walk();
    NativeImages.Decoded decoded = NativeImages.webp(walk.still());
    PixelImage pixels = walk.onCanvas(decoded.pixels());
    int channels = decoded.opacity().isPresent() ? 4 : 3;
    Optional<Opacity> opacity = walk.onCanvas(decoded);
    return new Picture(pixels, opacity, channels, 8, walk.frames, walk.exif, List.of());
  }

  /** One walk over the chunks of one file. */
  private static final class Walk {
    private final Bytes in;
    private final Limits limits;
    private Exif exif = Exif.NONE;
    private int frames;
    private long firstFrame = -1;

    Walk(Bytes in, Limits limits) {
      this.in = in;
      this.limits = limits;
    }

    void walk() throws ItemException {
      long end = 8 + in.u32(4);
      in.require(0, end);
      for (long at = FILE_HEADER; at + 8 <= end; ) {
        long length = in.u32(at + 4);
        in.require(at + 8, length);
        take(in.ascii(at, 4), at + 8, length);
        at += 8 + length + (length & 1);
      }
      if (frames == 0) {
        throw new ItemException(ItemError.CORRUPT, "WebP without a picture");
      }
    }

    private void take(String type, long at, long length) throws ItemException {
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

    private void lossy(long at) throws ItemException {
      limits.requireFrames(++frames);
      if (in.u24(at + 3) != 0x2A019D) {
        throw new ItemException(ItemError.CORRUPT, "WebP frame without its start code");
      }
      limits.requireArea(in.u16(at + 6) & 0x3FFF, in.u16(at + 8) & 0x3FFF);
    }

    private void lossless(long at) throws ItemException {
      limits.requireFrames(++frames);
      long packed = in.u32(at + 1);
      limits.requireArea((packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1);
    }

    /** A frame holds its own chunks behind sixteen bytes of place and time. */
    private void frame(long at, long length) throws ItemException {
      limits.requireArea(in.u24(at + 6) + 1L, in.u24(at + 9) + 1L);
      if (firstFrame < 0) {
        firstFrame = at;
      }
      for (long part = at + FRAME_HEADER; part + 8 <= at + length; ) {
        long size = in.u32(part + 4);
        in.require(part + 8, size);
        String type = in.ascii(part, 4);
        if (type.equals("VP8 ") || type.equals("VP8L")) {
          take(type, part + 8, size);
        }
        part += 8 + size + (size & 1);
      }
    }

    /** A file with one picture: this one, or one made of the first frame's chunks. */
    byte[] still() throws ItemException {
      if (firstFrame < 0) {
        return in.array();
      }
      long length = in.u32(firstFrame - 4);
      byte[] chunks = part(firstFrame + FRAME_HEADER, length - FRAME_HEADER);
      ByteBuffer file =
          ByteBuffer.allocate(FILE_HEADER + CHUNK_HEADER + EXTENDED + chunks.length)
              .order(ByteOrder.LITTLE_ENDIAN);
      file.put(ascii("RIFF")).putInt(file.capacity() - CHUNK_HEADER).put(ascii("WEBP"));
      file.put(ascii("VP8X")).putInt(EXTENDED);
      file.putInt(in.spells(firstFrame + FRAME_HEADER, "ALPH") ? ALPHA : 0);
      file.put(part(firstFrame + 6, 6)); // its size, as a canvas has it
      return file.put(chunks).array();
    }

    /** Where the first frame lies; what it leaves open is black. */
    PixelImage onCanvas(PixelImage frame) throws ItemException {
      if (firstFrame < 0) {
        return frame;
      }
      int width = in.u24(CANVAS) + 1;
      int height = in.u24(CANVAS + 3) + 1;
      int left = 2 * in.u24(firstFrame);
      int top = 2 * in.u24(firstFrame + 3);
      if (left + frame.width() > width || top + frame.height() > height) {
        throw new ItemException(ItemError.CORRUPT, "WebP frame outside its canvas");
      }
      byte[] canvas = new byte[Math.multiplyExact(Math.multiplyExact(width, height), 3)];
      for (int y = 0; y < frame.height(); y++) {
        int line = 3 * frame.width();
        System.arraycopy(frame.rgb(), y * line, canvas, 3 * ((top + y) * width + left), line);
      }
      return new PixelImage(width, height, canvas);
    }

    /** The alpha of the first frame where it lies; what it leaves open covers nothing. */
    Optional<Opacity> onCanvas(NativeImages.Decoded decoded) throws ItemException {
      PixelImage frame = decoded.pixels();
      boolean covered = firstFrame < 0 || isCanvas(frame);
      if (covered) {
        return decoded.opacity().flatMap(opacity -> Opacity.of(opacity.levels()));
      }
      int width = in.u24(CANVAS) + 1;
      byte[] levels = new byte[width * (in.u24(CANVAS + 3) + 1)];
      int first = 2 * in.u24(firstFrame + 3) * width + 2 * in.u24(firstFrame);
      for (int y = 0; y < frame.height(); y++) {
        int from = first + y * width;
        if (decoded.opacity().isEmpty()) {
          Arrays.fill(levels, from, from + frame.width(), (byte) 255);
        } else {
          byte[] own = decoded.opacity().get().levels();
          System.arraycopy(own, y * frame.width(), levels, from, frame.width());
        }
      }
      return Opacity.of(levels);
    }

    private boolean isCanvas(PixelImage frame) throws ItemException {
      return frame.width() == in.u24(CANVAS) + 1 && frame.height() == in.u24(CANVAS + 3) + 1;
    }

    private static byte[] ascii(String type) {
      return type.getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] part(long at, long length) {
      return Arrays.copyOfRange(in.array(), (int) at, (int) (at + length));
    }
  }
}
