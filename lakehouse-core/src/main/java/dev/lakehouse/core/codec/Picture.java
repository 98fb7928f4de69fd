// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import java.util.List;

/**
 * What a reader gives: pixels as stored, and the facts that only it knows.
 *
 * @param pixels as stored
 * @param channels samples of a pixel
 * @param bitDepth bits of a sample
 * @param frames pictures in the file
 * @param exif orientation and place
 * @param warnings oddities
 */
record Picture(
    PixelImage pixels, int channels, int bitDepth, int frames, Exif exif, List<String> warnings) {

  ReducedImage upright() {
    return ReducedImage.whole(Orientation.apply(pixels, exif.orientation()));
  }
}
