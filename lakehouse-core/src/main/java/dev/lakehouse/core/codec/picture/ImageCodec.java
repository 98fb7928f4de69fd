// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.ImageFormat;
import dev.lakehouse.core.codec.Limits;
import dev.lakehouse.core.codec.bitmap.Opacity;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.bitmap.ReducedImage;
import dev.lakehouse.core.codec.bitmap.Reduction;
import java.io.IOException;
import java.util.Optional;

/**
 * Bytes to pixels, whole or not at all.
 *
 * <p>A file is taken if every byte that its pixels need is there and sound. What lenient decoders
 * would fill with grey is {@code TRUNCATED} or {@code CORRUPT}; what no reader knows is {@code
 * UNSUPPORTED_FORMAT} or {@code UNSUPPORTED_FEATURE}; what is too large is {@code PIXEL_LIMIT},
 * {@code FRAME_LIMIT} or {@code BYTE_LIMIT}, found before anything is allocated for it.
 *
 * <p>Of several frames the first is decoded and the others are counted.
 */
public final class ImageCodec {

  private ImageCodec() {}

  /** The picture as people see it: RGB, turned by its EXIF orientation. */
  public static PixelImage decode(byte[] bytes, Limits limits) throws ItemException {
    return decode(bytes, limits, Reduction.NONE).pixels();
  }

  /** The same, decoded smaller where the format can do that at a gain. */
  public static ReducedImage decode(byte[] bytes, Limits limits, Reduction reduction)
      throws ItemException {
    return tried(bytes, limits, format -> reader(format).read(bytes, limits, reduction));
  }

  /** The picture as stored, with what its file says. */
  public static DecodedImage read(byte[] bytes, Limits limits) throws ItemException {
    return tried(bytes, limits, format -> described(format, reader(format).read(bytes, limits)));
  }

  private static DecodedImage described(ImageFormat format, Picture picture) {
    return new DecodedImage(
        picture.pixels(),
        picture.onWhite(),
        new ImageFacts(
            format.name(),
            picture.pixels().width(),
            picture.pixels().height(),
            picture.channels(),
            picture.bitDepth(),
            picture.exif().orientation(),
            picture.frames(),
            picture.exif().hasGps(),
            picture.opacity().map(Opacity::transparency).orElse(0.0),
            picture.warnings()));
  }

  /**
   * About how many bytes of memory decoding takes, told by the header: what the decoder holds, the
   * RGB copy and a copy of the file. 0 where {@link #decode} will refuse the file before it
   * decodes.
   */
  public static long bytesToDecode(byte[] bytes, Limits limits, Reduction reduction) {
    Optional<ImageFormat> format = ImageFormat.of(bytes);
    if (format.isEmpty()) {
      return 0;
    }
    try {
      PictureReader reader = reader(format.get());
      long area = reader.area(bytes);
      return area < 0 || area > limits.maxPixels()
          ? 0
          : reader.bytesToRead(bytes, reduction) + bytes.length;
    } catch (ItemException | RuntimeException e) {
      return 0;
    }
  }

  /**
   * Names and versions of the native decoders; loads them.
   *
   * @throws LinkageError if they cannot be loaded on this machine
   */
  public static String nativeDecoders() {
    return NativeImages.versions();
  }

  /** One way to read a file whose format is known. */
  private interface Reading<T> {
    T of(ImageFormat format) throws ItemException, IOException;
  }

  /** Whatever a decoder does with hostile bytes, one item fails and not the task. */
  private static <T> T tried(byte[] bytes, Limits limits, Reading<T> reading) throws ItemException {
    ImageFormat format = format(bytes, limits);
    try {
      return reading.of(format);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new ItemException(ItemError.CORRUPT, "%s decoder: %s".formatted(format.name(), e), e);
    } catch (OutOfMemoryError e) {
      throw new ItemException(
          ItemError.OUT_OF_MEMORY, "%s decoder ran out of memory".formatted(format.name()), e);
    }
  }

  private static PictureReader reader(ImageFormat format) {
    return switch (format) {
      case JPEG -> new JpegReader();
      case PNG -> new PngReader();
      case GIF -> new GifReader();
      case WEBP -> new WebpReader();
      case TIFF -> new TiffReader();
      case BMP, ICO, PNM, PSD, AVIF, JPEG_2000, QOI, SGI, DDS -> new ChildReader(format);
    };
  }

  private static ImageFormat format(byte[] bytes, Limits limits) throws ItemException {
    if (bytes.length == 0) {
      throw new ItemException(ItemError.EMPTY, "The file is empty");
    }
    limits.requireBytes(bytes.length);
    return ImageFormat.of(bytes)
        .orElseThrow(
            () -> new ItemException(ItemError.UNSUPPORTED_FORMAT, "No picture format fits"));
  }
}
