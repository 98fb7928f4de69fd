// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import java.util.List;

/**
 * What a picture file says about itself, proven by decoding it.
 *
 * @param format a name of {@link dev.lakehouse.core.codec.ImageFormat}
 * @param width pixels, as stored: before orientation is applied
 * @param height pixels, as stored
 * @param channels samples of a pixel, alpha included; 1 for palettes
 * @param bitDepth bits of a sample, or of an index into the palette
 * @param orientation EXIF orientation, 1 to 8; 1 where there is none
 * @param frames pictures in the file
 * @param hasGps whether EXIF or XMP give a place
 * @param transparency share of pixels through which something is seen
 * @param warnings what is odd about the file and does not touch its pixels
 */
public record ImageFacts(
    String format,
    int width,
    int height,
    int channels,
    int bitDepth,
    int orientation,
    int frames,
    boolean hasGps,
    double transparency,
    List<String> warnings) {

  public ImageFacts {
    warnings = List.copyOf(warnings);
  }
}
