// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.codec.bitmap.Opacity;
import dev.lakehouse.core.codec.bitmap.Orientation;
import dev.lakehouse.core.codec.bitmap.PixelImage;
import dev.lakehouse.core.codec.bitmap.ReducedImage;
import java.util.List;
import java.util.Optional;

/**
 * What a reader gives: pixels as stored, and the facts that only it knows.
 *
 * @param pixels as stored, without alpha
 * @param opacity alpha, where not all of it is opaque
 * @param channels samples of a pixel
 * @param bitDepth bits of a sample
 * @param frames pictures in the file
 * @param exif orientation and place
 * @param warnings oddities
 */
record Picture(
    PixelImage pixels,
    Optional<Opacity> opacity,
    int channels,
    int bitDepth,
    int frames,
    Exif exif,
    List<String> warnings) {

  /** An opaque picture. */
  Picture(
      PixelImage pixels, int channels, int bitDepth, int frames, Exif exif, List<String> warnings) {
    this(pixels, Optional.empty(), channels, bitDepth, frames, exif, warnings);
  }

  /** The pixels on white paper. */
  PixelImage onWhite() {
    return opacity.map(levels -> levels.onWhite(pixels)).orElse(pixels);
  }

  ReducedImage upright() {
    return ReducedImage.whole(Orientation.apply(pixels, exif.orientation()));
  }
}
