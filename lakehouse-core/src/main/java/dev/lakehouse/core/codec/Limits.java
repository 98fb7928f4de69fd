// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.child.MediaTools;
import dev.lakehouse.core.codec.document.DocumentLimits;
import java.io.Serializable;

/**
 * Everything that untrusted input may not exceed.
 *
 * @param maxBytes bytes of one file
 * @param maxPixels width times height of one frame
 * @param maxSide pixels along one side
 * @param maxFrames frames of one file
 * @param maxInlineText bytes of text kept inside a row
 * @param media what reads sound and film, and what it may take
 * @param documents what reading a document may take
 */
public record Limits(
    long maxBytes,
    long maxPixels,
    int maxSide,
    int maxFrames,
    int maxInlineText,
    MediaTools media,
    DocumentLimits documents)
    implements Serializable {

  /** Passes over a progressive JPEG; honest ones need about ten, each costs the whole picture. */
  public static final int MAX_JPEG_SCANS = 500;

  /** Bytes that a compressed text inside a picture may grow to. */
  public static final int MAX_PACKED_TEXT = 1 << 20;

  /** Bytes that a compressed colour profile may grow to; those of printers have two million. */
  public static final int MAX_PACKED_PROFILE = 8 << 20;

  /** Limits of pictures and texts; those of other kinds as nobody set them. */
  public Limits(long maxBytes, long maxPixels, int maxSide, int maxFrames, int maxInlineText) {
    this(
        maxBytes,
        maxPixels,
        maxSide,
        maxFrames,
        maxInlineText,
        MediaTools.standard(),
        DocumentLimits.DEFAULT);
  }

  /** The limits that the settings give. */
  public static Limits from(Settings settings) {
    return new Limits(
        settings.integer(Setting.MAX_BYTES),
        settings.integer(Setting.MAX_PIXELS),
        (int) settings.integer(Setting.MAX_SIDE),
        (int) settings.integer(Setting.MAX_FRAMES),
        (int) settings.integer(Setting.TEXT_MAX_INLINE),
        MediaTools.from(settings),
        DocumentLimits.from(settings));
  }

  /** Checks a size that a header claims, before anything is allocated for it. */
  public void requireArea(long width, long height) throws ItemException {
    if (width <= 0 || height <= 0) {
      throw new ItemException(
          ItemError.CORRUPT, "The header claims a size of %d x %d".formatted(width, height));
    }
    if (width > maxSide || height > maxSide || width > maxPixels / height) {
      throw new ItemException(
          ItemError.PIXEL_LIMIT,
          "The header claims %d x %d pixels; at most %d in all and %d a side are taken"
              .formatted(width, height, maxPixels, maxSide));
    }
  }

  /** Checks a number of frames while they are counted. */
  public void requireFrames(long frames) throws ItemException {
    if (frames > maxFrames) {
      throw new ItemException(
          ItemError.FRAME_LIMIT, "More than %d frames in one file".formatted(maxFrames));
    }
  }

  /** Checks the size of a file in memory. */
  public void requireBytes(long bytes) throws ItemException {
    if (bytes > maxBytes) {
      throw new ItemException(
          ItemError.BYTE_LIMIT,
          "The file has %d bytes; at most %d are taken".formatted(bytes, maxBytes));
    }
  }
}
