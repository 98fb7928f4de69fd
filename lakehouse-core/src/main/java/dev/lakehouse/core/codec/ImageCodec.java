// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import dev.lakehouse.core.codec.CodecException.Code;
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

  private static final long BYTES_PER_PIXEL = 6;

  private ImageCodec() {}

  /** The picture as people see it: RGB, turned by its EXIF orientation. */
  public static PixelImage decode(byte[] bytes, Limits limits) throws CodecException {
    return read(bytes, limits).upright();
  }

  /** The picture as stored, with what its file says. */
  public static DecodedImage read(byte[] bytes, Limits limits) throws CodecException {
    if (bytes.length == 0) {
      throw new CodecException(Code.EMPTY, "The file is empty");
    }
    limits.requireBytes(bytes.length);
    ImageFormat format =
        ImageFormat.of(bytes)
            .orElseThrow(
                () -> new CodecException(Code.UNSUPPORTED_FORMAT, "No picture format fits"));
    Picture picture = read(format, bytes, limits);
    return new DecodedImage(
        picture.pixels(),
        new ImageFacts(
            format.name(),
            picture.pixels().width(),
            picture.pixels().height(),
            picture.channels(),
            picture.bitDepth(),
            picture.exif().orientation(),
            picture.frames(),
            picture.exif().hasGps(),
            picture.warnings()));
  }

  /**
   * About how many bytes of memory decoding takes, told by the header: the samples, their RGB copy
   * and a copy of the file. 0 where {@link #decode} will refuse the file before it decodes.
   */
  public static long bytesToDecode(byte[] bytes, Limits limits) {
    Optional<ImageFormat> format = ImageFormat.of(bytes);
    if (format.isEmpty()) {
      return 0;
    }
    try {
      long area = format.get().reader().area(bytes);
      return area < 0 || area > limits.maxPixels() ? 0 : BYTES_PER_PIXEL * area + bytes.length;
    } catch (CodecException | RuntimeException e) {
      return 0;
    }
  }

  /** Whatever a decoder does with hostile bytes, one item fails and not the task. */
  private static Picture read(ImageFormat format, byte[] bytes, Limits limits)
      throws CodecException {
    try {
      return format.reader().read(bytes, limits);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new CodecException(Code.CORRUPT, "%s decoder: %s".formatted(format.name(), e), e);
    } catch (OutOfMemoryError e) {
      throw new CodecException(
          Code.OUT_OF_MEMORY, "%s decoder ran out of memory".formatted(format.name()), e);
    }
  }
}
