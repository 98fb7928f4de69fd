// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.codec.bitmap.Orientation;
import dev.lakehouse.core.codec.bitmap.PixelImage;

/**
 * A picture and what its file says.
 *
 * @param stored pixels as they lie in the file, without alpha
 * @param onWhite the same on white paper; the stored ones where there is no alpha
 * @param facts what the file says
 */
public record DecodedImage(PixelImage stored, PixelImage onWhite, ImageFacts facts) {

  /** The picture turned by its EXIF orientation, its alpha dropped as models have it. */
  public PixelImage upright() {
    return Orientation.apply(stored, facts.orientation());
  }

  /** The picture as people see it: turned, and on white where something shows through. */
  public PixelImage visible() {
    return Orientation.apply(onWhite, facts.orientation());
  }
}
