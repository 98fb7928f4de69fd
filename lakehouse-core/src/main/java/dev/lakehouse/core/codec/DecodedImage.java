// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

/**
 * A picture and what its file says.
 *
 * @param stored pixels as they lie in the file
 * @param facts what the file says
 */
public record DecodedImage(PixelImage stored, ImageFacts facts) {

  /** The picture as people see it: turned by its EXIF orientation. */
  public PixelImage upright() {
    return Orientation.apply(stored, facts.orientation());
  }
}
