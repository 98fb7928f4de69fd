// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import dev.lakehouse.core.codec.CodecException.Code;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads baseline and progressive JPEG with the decoder of the JDK.
 *
 * <p>That decoder fills what is missing with grey and only warns, once; so the file's structure is
 * walked first, and its warnings are heard. It gets a file without metadata and gives the samples
 * as they are coded: profiles and broken metadata cannot mislead it, and the colours become those
 * of the reference.
 */
final class JpegReader implements PictureReader {

  @Override
  public long area(byte[] bytes) throws CodecException {
    return JpegStructure.area(Bytes.bigEndian(bytes));
  }

  @Override
  public Picture read(byte[] bytes, Limits limits) throws CodecException, IOException {
    JpegStructure structure = JpegStructure.walk(Bytes.bigEndian(bytes), limits);
    List<String> complaints = new ArrayList<>();
    Raster raster = decode(structure.stripped(), complaints);
    List<String> warnings = new ArrayList<>(structure.warnings());
    for (String complaint : complaints) {
      warnings.add(judge(complaint));
    }
    return new Picture(
        JpegColours.of(structure).toRgb(samples(raster), raster.getWidth(), raster.getHeight()),
        structure.components(),
        8,
        1,
        structure.exif(),
        warnings);
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
  private static String judge(String complaint) throws CodecException {
    String lower = complaint.toLowerCase(Locale.ROOT);
    if (lower.contains("premature end") || lower.contains("truncated")) {
      throw new CodecException(Code.TRUNCATED, "JPEG decoder: " + complaint);
    }
    if (lower.contains("corrupt jpeg data") && !lower.contains("extraneous bytes")) {
      throw new CodecException(Code.CORRUPT, "JPEG decoder: " + complaint);
    }
    return lower.contains("extraneous bytes") ? "JPEG_EXTRA_BYTES" : "JPEG_DECODER_WARNING";
  }
}
