// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Limits;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the first page of TIFF and BigTIFF with the plug-in of TwelveMonkeys.
 *
 * <p>The directory is checked first: that plug-in follows any offset and believes any size.
 */
final class TiffReader implements PictureReader {
  private static final int MAX_SAMPLES = 8;
  private static final long UNCOMPRESSED = 1;

  /** None, CCITT, LZW, JPEG, Deflate in two spellings, PackBits. */
  private static final Set<Long> COMPRESSIONS = Set.of(1L, 2L, 3L, 4L, 5L, 7L, 8L, 32773L, 32946L);

  private static final Set<Long> CCITT = Set.of(2L, 3L, 4L);

  @Override
  public long area(byte[] bytes) throws ItemException {
    TiffDirectory directory = TiffDirectory.first(bytes);
    return directory.value(TiffDirectory.WIDTH, 0) * directory.value(TiffDirectory.HEIGHT, 0);
  }

  @Override
  public Picture read(byte[] bytes, Limits limits) throws ItemException, IOException {
    TiffDirectory directory = TiffDirectory.first(bytes);
    long width = directory.value(TiffDirectory.WIDTH, 0);
    long height = directory.value(TiffDirectory.HEIGHT, 0);
    limits.requireArea(width, height);
    requireKnown(directory);
    requireData(directory, width, height, limits);
    List<String> warnings = new ArrayList<>();
    int pages = directory.countPages(limits, warnings);
    BufferedImage image = Plugins.read(new TIFFImageReaderSpi(), directory.stripped());
    long extra = directory.value(TiffDirectory.EXTRA_SAMPLES, 0);
    boolean multiplied = extra == 1;
    boolean hasAlpha = multiplied || extra == 2;
    Rasters.Alpha alpha = multiplied ? Rasters.Alpha.MULTIPLIED : Rasters.Alpha.APART;
    return new Picture(
        Rasters.toRgb(image, alpha),
        hasAlpha ? Rasters.opacity(image) : Optional.empty(),
        (int) directory.value(TiffDirectory.SAMPLES, 1),
        (int) directory.value(TiffDirectory.BITS, 1),
        pages,
        exif(directory),
        warnings);
  }

  private static void requireKnown(TiffDirectory directory) throws ItemException {
    long samples = directory.value(TiffDirectory.SAMPLES, 1);
    long bits = directory.value(TiffDirectory.BITS, 1);
    long compression = directory.value(TiffDirectory.COMPRESSION, UNCOMPRESSED);
    if (!COMPRESSIONS.contains(compression) || (CCITT.contains(compression) && bits != 1)) {
      throw new ItemException(
          ItemError.UNSUPPORTED_FEATURE,
          "TIFF with compression %d of %d-bit samples".formatted(compression, bits));
    }
    boolean unsigned = directory.value(TiffDirectory.SAMPLE_FORMAT, 1) == 1;
    if (samples < 1 || samples > MAX_SAMPLES || bits < 1 || bits > 16 || !unsigned) {
      throw new ItemException(
          ItemError.UNSUPPORTED_FEATURE,
          "TIFF with %d samples of %d bits, %s: up to %d unsigned ones of up to 16 are taken"
              .formatted(samples, bits, unsigned ? "unsigned" : "signed or float", MAX_SAMPLES));
    }
  }

  /** Every strip or tile that the size asks for must be there and inside the file. */
  private static void requireData(TiffDirectory directory, long width, long height, Limits limits)
      throws ItemException {
    boolean tiled = directory.has(TiffDirectory.TILE_OFFSETS);
    List<Long> offsets =
        directory.values(tiled ? TiffDirectory.TILE_OFFSETS : TiffDirectory.STRIP_OFFSETS);
    List<Long> counts =
        directory.values(tiled ? TiffDirectory.TILE_BYTES : TiffDirectory.STRIP_BYTES);
    long expected = tiled ? tiles(directory, width, height, limits) : strips(directory, height);
    if (directory.value(TiffDirectory.PLANAR, 1) == 2) {
      expected *= directory.value(TiffDirectory.SAMPLES, 1);
    }
    if (offsets.size() < expected) {
      throw new ItemException(
          ItemError.TRUNCATED,
          "TIFF with %d of its %d strips or tiles".formatted(offsets.size(), expected));
    }
    long sum = 0;
    for (int i = 0; i < offsets.size(); i++) {
      long bytes = i < counts.size() ? counts.get(i) : 1;
      directory.require(offsets.get(i), bytes);
      sum += bytes;
    }
    requireRows(directory, width, height, counts.isEmpty() ? Long.MAX_VALUE : sum);
  }

  private static void requireRows(TiffDirectory directory, long width, long height, long bytes)
      throws ItemException {
    long bits = directory.value(TiffDirectory.BITS, 1) * directory.value(TiffDirectory.SAMPLES, 1);
    boolean plain = directory.value(TiffDirectory.COMPRESSION, UNCOMPRESSED) == UNCOMPRESSED;
    if (plain && !directory.has(530) && bytes < width * bits / 8 * height) {
      throw new ItemException(
          ItemError.TRUNCATED, "%d bytes cannot hold the rows of the TIFF".formatted(bytes));
    }
  }

  private static long strips(TiffDirectory directory, long height) throws ItemException {
    long rows = directory.value(TiffDirectory.ROWS_PER_STRIP, height);
    return rows < 1 ? 1 : (height + Math.min(rows, height) - 1) / Math.min(rows, height);
  }

  private static long tiles(TiffDirectory directory, long width, long height, Limits limits)
      throws ItemException {
    long across = directory.value(TiffDirectory.TILE_WIDTH, 0);
    long down = directory.value(TiffDirectory.TILE_HEIGHT, 0);
    limits.requireArea(across, down);
    return ((width + across - 1) / across) * ((height + down - 1) / down);
  }

  private static Exif exif(TiffDirectory directory) throws ItemException {
    long orientation = directory.value(TiffDirectory.ORIENTATION, 1);
    Exif own = new Exif(Exif.checked((int) orientation), directory.hasGps(), true);
    return own.and(Exif.ofXmp(directory.bytes(TiffDirectory.XMP)));
  }
}
