// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Formats whose files may consist of printable characters alone, so that being text says nothing
 * against them. Each has to begin with a whole line of its own.
 */
enum TextualFormat {
  PDF("application/pdf", "%PDF-[12]\\.\\d\\s*(?:[\r\n]|$)"),
  POSTSCRIPT(
      "application/postscript",
      "%!PS(?:-Adobe-\\d\\.\\d(?: +(?:EPSF-\\d\\.\\d|Query|ExitServer|Resource-\\w+))?)?"
          + "\\s*(?:[\r\n]|$)"),
  RTF("application/rtf", "\\{\\\\rtf(?:1[\\\\{\\s]|\\\\)"),
  XPM("image/x-xpixmap", "/\\* XPM \\*/\\s*[\r\n]");

  private final String mediaType;
  private final Pattern beginning;

  TextualFormat(String mediaType, String beginning) {
    this.mediaType = mediaType;
    this.beginning = Pattern.compile("^" + beginning);
  }

  /** The media type of such a format that the text begins as. */
  static Optional<String> of(String text) {
    return Arrays.stream(values())
        .filter(format -> format.beginning.matcher(text).find())
        .map(format -> format.mediaType)
        .findFirst();
  }
}
