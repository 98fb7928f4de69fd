// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Bytes;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.Orientation;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.bitmap.ReducedImage;
import dev.lakehouse.core.codec.bitmap.Reduction;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads baseline and progressive JPEG.
 *
 * <p>Decoders fill what is missing with grey and only warn, once; so the file's structure is walked
 * first. A file that is examined is read with the decoder of the JDK, whose warnings are heard. It
 * gets a file without metadata and gives the samples as they are coded: profiles and broken
 * metadata cannot mislead it, and the colours become those of the reference.
 *
 * <p>Where pixels alone are wanted, libjpeg-turbo gives the same ones faster, and leaves out what a
 * smaller picture does not need while it decodes. What it has anything to say against, and colours
 * that it would have to guess, are left to the other decoder.
 */
final class JpegReader implements PictureReader {

  /** A coefficient of each of three components. */
  private static final long BYTES_PER_COEFFICIENTS = 6;

  private static final Limits ANY_SIZE =
      new Limits(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 0);

  @Override
  public long area(byte[] bytes) throws ItemException {
    return head(bytes).area();
  }

  /**
   * A progressive file is held whole as coefficients, whatever is made of them, and what the other
   * decoder is needed for is not reduced.
   */
  @Override
  public long bytesToRead(byte[] bytes, Reduction reduction) throws ItemException {
    JpegStructure head = head(bytes);
    long divisor = isPlain(head) ? divisor(head, reduction) : 1;
    long coefficients = head.progressive() ? BYTES_PER_COEFFICIENTS * head.area() : 0;
    return BYTES_PER_PIXEL * head.area() / (divisor * divisor) + coefficients;
  }

  private static JpegStructure head(byte[] bytes) throws ItemException {
    return JpegStructure.head(Bytes.bigEndian(bytes), ANY_SIZE);
  }

  @Override
  public Picture read(byte[] bytes, Limits limits) throws ItemException, IOException {
    JpegStructure structure = JpegStructure.walk(Bytes.bigEndian(bytes), limits);
    return asCoded(structure.stripped(), structure);
  }

  @Override
  public ReducedImage read(byte[] bytes, Limits limits, Reduction reduction)
      throws ItemException, IOException {
    JpegStructure structure = JpegStructure.walk(Bytes.bigEndian(bytes), limits);
    byte[] stripped = structure.stripped();
    int divisor = divisor(structure, reduction);
    Optional<PixelImage> pixels = fast(stripped, structure, divisor);
    if (pixels.isEmpty()) {
      return asCoded(stripped, structure).upright();
    }
    if (structure.exif().orientation() > 1) {
      return picture(pixels.get(), structure, List.of()).upright();
    }
    return new ReducedImage(
        pixels.get(), (double) structure.width() / divisor, (double) structure.height() / divisor);
  }

  private static Optional<PixelImage> fast(byte[] stripped, JpegStructure structure, int divisor)
      throws ItemException {
    return isPlain(structure) ? NativeImages.jpeg(stripped, divisor) : Optional.empty();
  }

  private static Picture picture(
      PixelImage pixels, JpegStructure structure, List<String> warnings) {
    return new Picture(pixels, structure.components(), 8, 1, structure.exif(), warnings);
  }

  /** Whether libjpeg finds the colours without the markers that were stripped. */
  private static boolean isPlain(JpegStructure structure) {
    JpegColours colours = JpegColours.of(structure);
    return structure.warnings().isEmpty()
        && (colours == JpegColours.GREY || colours == JpegColours.YCC)
        && !JpegColours.spellsRgb(structure);
  }

  private static int divisor(JpegStructure structure, Reduction reduction) {
    int orientation = structure.exif().orientation();
    int divisor =
        Orientation.isSidewards(orientation)
            ? reduction.of(structure.height(), structure.width())
            : reduction.of(structure.width(), structure.height());
    // turned, the part of a pixel that a side ends with may come to lie in front
    while (orientation > 1 && (structure.width() | structure.height()) % divisor != 0) {
      divisor /= 2;
    }
    return divisor;
  }

  /** The whole picture out of its samples, or what is wrong with it. */
  static Picture asCoded(byte[] stripped, JpegStructure structure)
      throws ItemException, IOException {
    List<String> complaints = new ArrayList<>();
    Raster raster = decode(stripped, complaints);
    List<String> warnings = new ArrayList<>(structure.warnings());
    for (String complaint : complaints) {
      warnings.add(judge(complaint));
    }
    if (structure.endless() && !complaints.isEmpty()) {
      throw new ItemException(
          ItemError.TRUNCATED, "JPEG without its end marker: " + complaints.get(0));
    }
    PixelImage pixels =
        JpegColours.of(structure).toRgb(samples(raster), raster.getWidth(), raster.getHeight());
    return picture(pixels, structure, warnings);
  }

  private static Raster decode(byte[] jpeg, List<String> complaints) throws IOException {
    ImageReader reader = reader();
    try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.setInput(in, false, true);
      reader.addIIOReadWarningListener((source, warning) -> complaints.add(warning));
      return reader.readRaster(0, null);
    } finally {
      reader.dispose();
    }
  }

  /** The reader of the JDK itself, whichever others are installed. */
  private static ImageReader reader() {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (reader.getClass().getName().startsWith("com.sun.")) {
        return reader;
      }
    }
    throw new IllegalStateException("This Java has no JPEG reader");
  }

  /** The interleaved samples; the reader lays them out in one array without gaps. */
  private static byte[] samples(Raster raster) {
    byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
    int expected = raster.getWidth() * raster.getHeight() * raster.getNumBands();
    if (samples.length != expected) {
      throw new IllegalStateException(
          "JPEG reader gave %d samples instead of %d".formatted(samples.length, expected));
    }
    return samples;
  }

  /** The warning that a complaint of the decoder is worth, unless it means that pixels are lost. */
  private static String judge(String complaint) throws ItemException {
    String lower = complaint.toLowerCase(Locale.ROOT);
    if (lower.contains("premature end") || lower.contains("truncated")) {
      throw new ItemException(ItemError.TRUNCATED, "JPEG decoder: " + complaint);
    }
    if (lower.contains("corrupt jpeg data") && !lower.contains("extraneous bytes")) {
      throw new ItemException(ItemError.CORRUPT, "JPEG decoder: " + complaint);
    }
    return lower.contains("extraneous bytes") ? "JPEG_EXTRA_BYTES" : "JPEG_DECODER_WARNING";
  }
}
