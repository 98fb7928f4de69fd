// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import java.io.Serializable;

/**
 * Everything that untrusted input may not exceed.
 *
 * @param maxBytes bytes of one file
 * @param maxPixels width times height of one frame
 * @param maxSide pixels along one side
 * @param maxFrames frames of one file
 * @param maxInlineText bytes of text kept inside a row
 */
public record Limits(long maxBytes, long maxPixels, int maxSide, int maxFrames, int maxInlineText)
    implements Serializable {

  /** The limits that the settings give. */
  public static Limits from(Settings settings) {
    return new Limits(
        settings.integer(Setting.MAX_BYTES, 1, Long.MAX_VALUE),
        settings.integer(Setting.MAX_PIXELS, 1, Integer.MAX_VALUE),
        (int) settings.integer(Setting.MAX_SIDE, 1, Integer.MAX_VALUE),
        (int) settings.integer(Setting.MAX_FRAMES, 1, Integer.MAX_VALUE),
        (int) settings.integer(Setting.TEXT_MAX_INLINE, 0, 64 << 20));
  }
}
