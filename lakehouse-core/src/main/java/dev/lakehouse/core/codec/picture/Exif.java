// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.picture;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The two facts of EXIF and XMP that the house uses.
 *
 * <p>Metadata that cannot be read counts as absent, with a warning: it is no part of the pixels.
 *
 * @param orientation 1 to 8; 1 where there is none
 * @param hasGps whether there is a directory of GPS facts, or a latitude in XMP
 * @param readable whether the EXIF could be followed
 */
record Exif(int orientation, boolean hasGps, boolean readable) {
  static final Exif NONE = new Exif(1, false, true);
  private static final Exif UNREADABLE = new Exif(1, false, false);

  static final int ORIENTATION = 0x0112;
  static final int GPS_DIRECTORY = 0x8825;

  /** EXIF as a block of its own, with or without its six bytes of prefix. */
  static Exif of(byte[] block) {
    byte[] tiff = hasPrefix(block) ? Arrays.copyOfRange(block, 6, block.length) : block;
    if (tiff.length < 8) {
      return UNREADABLE;
    }
    boolean little = tiff[0] == 'I' && tiff[1] == 'I';
    Bytes in = little ? Bytes.littleEndian(tiff) : Bytes.bigEndian(tiff);
    try {
      return in.u16(2) == 42 ? ofDirectory(in, in.u32(4)) : UNREADABLE;
    } catch (ItemException e) {
      return UNREADABLE;
    }
  }

  private static boolean hasPrefix(byte[] block) {
    return block.length >= 6 && block[0] == 'E' && block[1] == 'x' && block[2] == 'i';
  }

  private static Exif ofDirectory(Bytes in, long directory) throws ItemException {
    int orientation = 1;
    boolean gps = false;
    boolean readable = true;
    int entries = in.u16(directory);
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + 12L * i;
      if (entry + 12 > in.length()) {
        readable = false; // what was found so far still counts
        break;
      }
      int tag = in.u16(entry);
      if (tag == ORIENTATION) {
        orientation = checked(in.u16(entry + 8));
      } else if (tag == GPS_DIRECTORY && isPointer(in.u16(entry + 2))) {
        gps |= hasEntries(in, in.u32(entry + 8));
      }
    }
    return new Exif(orientation, gps, readable);
  }

  private static boolean isPointer(int type) {
    return type == 4 || type == 13;
  }

  private static boolean hasEntries(Bytes in, long directory) {
    try {
      return in.u16(directory) > 0;
    } catch (ItemException e) {
      return false;
    }
  }

  /** XMP, of which only the place counts. */
  static Exif ofXmp(byte[] packet) {
    String text = new String(packet, StandardCharsets.ISO_8859_1);
    return new Exif(1, text.contains("GPSLatitude"), true);
  }

  static int checked(int orientation) {
    return orientation >= 1 && orientation <= 8 ? orientation : 1;
  }

  /** This together with another block of the same file; the first orientation counts. */
  Exif and(Exif other) {
    return new Exif(
        orientation != 1 ? orientation : other.orientation,
        hasGps || other.hasGps,
        readable && other.readable);
  }
}
