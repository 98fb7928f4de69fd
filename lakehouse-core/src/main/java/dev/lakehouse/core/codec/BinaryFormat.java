// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Formats that Tika does not know, or knows by letters that a text may begin with as well: each by
 * its magic number and by what its header must hold behind it.
 */
enum BinaryFormat {
  /** The first element behind the mark is of group 2; before TIFF, as which a file may begin. */
  DICOM("application/dicom", ".{128}DICM\\x02\\x00"),
  DDS("image/vnd.ms-dds", "DDS \\x7C\\x00\\x00\\x00"),
  QOI("image/qoi", "qoif.{8}[\\x03\\x04][\\x00\\x01]"),
  BLP("image/x-blp", "BLP[0-2].\\x00\\x00\\x00"),
  /** Packets of 188 bytes that each begin with a G, or of 192; never without a low byte. */
  MPEG_TS("video/mp2t", "(?=.{0,376}[\\x00-\\x08])(?:G.{187}G.{187}G|.{4}G.{191}G.{191}G)"),
  SGI("image/x-sgi", "\\x01\\xDA[\\x00\\x01][\\x01\\x02]"),
  /** What follows is a Thrift structure that begins with a number. */
  PARQUET("application/x-parquet", "PAR1\\x15"),
  SQLITE("application/x-sqlite3", "SQLite format 3\\x00");

  private static final int LONGEST = 389;

  private final String mediaType;
  private final Pattern beginning;

  BinaryFormat(String mediaType, String beginning) {
    this.mediaType = mediaType;
    this.beginning = Pattern.compile("^" + beginning, Pattern.DOTALL);
  }

  /** The media type of such a format that the bytes begin as. */
  static Optional<String> of(byte[] head) {
    String start = new String(head, 0, Math.min(head.length, LONGEST), ISO_8859_1);
    return Arrays.stream(values())
        .filter(format -> format.beginning.matcher(start).find())
        .map(format -> format.mediaType)
        .findFirst();
  }
}
