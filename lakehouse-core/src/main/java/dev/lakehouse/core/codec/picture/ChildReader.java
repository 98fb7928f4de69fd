// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.JvmFolder;
import dev.lakehouse.core.codec.Bytes;
import dev.lakehouse.core.codec.ImageFormat;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.PnmHeader;
import dev.lakehouse.core.codec.bitmap.Opacity;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.media.StillImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Reads rare formats with FFmpeg, in a process of its own; of the header it reads the size. */
final class ChildReader implements PictureReader {
  private static final String CODESTREAM = "\u00FF\u004F\u00FF\u0051"; // of JPEG 2000, and its size
  private static final String END_OF_CODESTREAM = "\u00FF\u00D9";
  private static final String END_OF_QOI = "\0\0\0\0\0\0\0\u0001";
  private static final String EXIF = "Exif\0\0";
  private static final int PIXEL = 4;
  private static final int FILE_HEADER = 14; // of a bitmap
  private static final int OS2_HEADER = 12;
  private static final int ICON_DIRECTORY = 6;
  private static final int ICON_ENTRY = 16;

  private final ImageFormat format;

  /** As the header has it. */
  private record Shape(long width, long height, int orientation) {}

  ChildReader(ImageFormat format) {
    this.format = format;
  }

  @Override
  public long area(byte[] bytes) throws ItemException {
    Shape shape = shape(bytes);
    return shape.width() * shape.height();
  }

  @Override
  public Picture read(byte[] bytes, Limits limits) throws ItemException, IOException {
    Shape shape = shape(bytes);
    limits.requireArea(shape.width(), shape.height());
    requireEnd(bytes);
    StillImage image = decoded(bytes, limits);
    int area = image.width() * image.height();
    byte[] rgb = new byte[3 * area];
    byte[] levels = new byte[area];
    for (int i = 0; i < area; i++) {
      System.arraycopy(image.rgba(), PIXEL * i, rgb, 3 * i, 3);
      levels[i] = image.rgba()[PIXEL * i + 3];
    }
    return new Picture(
        new PixelImage(image.width(), image.height(), rgb),
        Opacity.of(levels),
        image.channels(),
        image.bitDepth(),
        1,
        new Exif(shape.orientation(), exif(bytes).hasGps(), true),
        List.of());
  }

  private StillImage decoded(byte[] bytes, Limits limits) throws ItemException, IOException {
    Path folder = JvmFolder.newFolder("picture");
    try {
      Path file = Files.write(folder.resolve("picture"), bytes);
      return StillImage.decode(file, demuxer(), limits);
    } finally {
      JvmFolder.delete(folder);
    }
  }

  private String demuxer() {
    return switch (format) {
      case BMP -> "bmp_pipe";
      case ICO -> "ico";
      case PNM -> "ppm_pipe"; // which takes all six kinds
      case PSD -> "psd_pipe";
      case AVIF -> "mov";
      case JPEG_2000 -> "j2k_pipe";
      case QOI -> "qoi_pipe";
      case SGI -> "sgi_pipe";
      case DDS -> "dds_pipe";
      default -> throw new IllegalStateException(format + " is read in this process");
    };
  }

  private Shape shape(byte[] bytes) throws ItemException {
    return switch (format) {
      case BMP -> bitmap(Bytes.littleEndian(bytes), FILE_HEADER, 1);
      case ICO -> icon(bytes);
      case PNM -> {
        long[] size = PnmHeader.size(bytes);
        yield new Shape(size[0], size[1], 1);
      }
      case PSD -> new Shape(Bytes.bigEndian(bytes).u32(18), Bytes.bigEndian(bytes).u32(14), 1);
      case AVIF -> {
        IsoImage image = IsoImage.of(bytes);
        yield new Shape(image.width(), image.height(), image.orientation());
      }
      case JPEG_2000 -> codestream(bytes);
      case QOI -> new Shape(Bytes.bigEndian(bytes).u32(4), Bytes.bigEndian(bytes).u32(8), 1);
      case SGI -> new Shape(Bytes.bigEndian(bytes).u16(6), Bytes.bigEndian(bytes).u16(8), 1);
      case DDS ->
          new Shape(Bytes.littleEndian(bytes).u32(16), Bytes.littleEndian(bytes).u32(12), 1);
      default -> throw new IllegalStateException(format + " is read in this process");
    };
  }

  /**
   * A bitmap of Windows or OS/2; below zero it counts its rows from the top.
   *
   * @param stacked pictures that its height counts: in icons a mask stands below
   */
  private static Shape bitmap(Bytes in, long at, int stacked) throws ItemException {
    boolean ofOs2 = in.u32(at) == OS2_HEADER;
    long width = ofOs2 ? in.u16(at + 4) : in.i32(at + 4);
    long height = ofOs2 ? in.u16(at + 6) : Math.abs((long) in.i32(at + 8));
    return new Shape(width, height / stacked, 1);
  }

  /** The largest of the pictures of an icon, which is the one that is decoded. */
  private static Shape icon(byte[] bytes) throws ItemException {
    Bytes in = Bytes.littleEndian(bytes);
    Bytes png = Bytes.bigEndian(bytes);
    Shape largest = new Shape(0, 0, 1);
    for (int i = 0; i < in.u16(4); i++) {
      long at = in.u32(ICON_DIRECTORY + (long) ICON_ENTRY * i + 12);
      Shape shape =
          in.spells(at, "\u0089PNG")
              ? new Shape(png.u32(at + 16), png.u32(at + 20), 1)
              : bitmap(in, at, 2);
      if (shape.width() * shape.height() > largest.width() * largest.height()) {
        largest = shape;
      }
    }
    return largest;
  }

  /** ISO/IEC 15444-1, A.5.1: the grid's far corner without what lies before its picture. */
  private static Shape codestream(byte[] bytes) throws ItemException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int at = text.indexOf(CODESTREAM);
    if (at < 0) {
      throw new ItemException(ItemError.CORRUPT, "There is no picture in it");
    }
    Bytes in = Bytes.bigEndian(bytes);
    return new Shape(in.u32(at + 8) - in.u32(at + 16), in.u32(at + 12) - in.u32(at + 20), 1);
  }

  /** What ends early is filled up by the decoder, which says nothing of that. */
  private void requireEnd(byte[] bytes) throws ItemException {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    boolean whole =
        switch (format) {
          case JPEG_2000 -> text.endsWith(END_OF_CODESTREAM);
          case QOI -> text.endsWith(END_OF_QOI);
          default -> true;
        };
    if (!whole) {
      throw new ItemException(ItemError.TRUNCATED, "The mark at the end of the picture is missing");
    }
  }

  /** Wherever it lies: a place where somebody lives is worth a search. */
  private static Exif exif(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (String order : List.of("II*\0", "MM\0*")) {
      int at = text.indexOf(EXIF + order);
      if (at >= 0) {
        return Exif.of(Arrays.copyOfRange(bytes, at, bytes.length));
      }
    }
    return Exif.NONE;
  }
}
