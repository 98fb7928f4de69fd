// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The picture formats that this house decodes, known by their first bytes. */
public enum ImageFormat {
  JPEG("image/jpeg"),
  PNG("image/png"),
  GIF("image/gif"),
  BMP("image/bmp"),
  WEBP("image/webp"),
  TIFF("image/tiff"),
  ICO("image/vnd.microsoft.icon"),
  PNM("image/x-portable-anymap"),
  PSD("image/vnd.adobe.photoshop"),
  AVIF("image/avif"),
  JPEG_2000("image/jp2"),
  QOI("image/qoi"),
  SGI("image/x-sgi"),
  DDS("image/vnd.ms-dds");

  private final String mediaType;

  ImageFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  /**
   * The format that the bytes begin with.
   *
   * <p>Magic numbers made of letters alone also begin words, so what stands behind them must fit
   * too.
   */
  public static Optional<ImageFormat> of(byte[] bytes) {
    String start = new String(bytes, 0, Math.min(bytes.length, 32), ISO_8859_1);
    if (start.startsWith("\u00FF\u00D8\u00FF")) {
      return Optional.of(JPEG);
    }
    if (start.startsWith("\u0089PNG\r\n\u001A\n")) {
      return Optional.of(PNG);
    }
    if ((start.startsWith("GIF87a") || start.startsWith("GIF89a")) && !isPrintable(bytes)) {
      return Optional.of(GIF);
    }
    if (start.startsWith("RIFF") && start.startsWith("WEBPVP8", 8)) {
      return Optional.of(WEBP);
    }
    if (start.startsWith("ftypavif", 4) || start.startsWith("ftypavis", 4)) {
      return Optional.of(AVIF);
    }
    if (start.startsWith("\0\0\0\u000CjP  \r\n\u0087\n")
        || start.startsWith("\u00FF\u004F\u00FF\u0051")) {
      return Optional.of(JPEG_2000);
    }
    Optional<ImageFormat> rare = rare(bytes);
    if (rare.isPresent()) {
      return rare;
    }
    if (start.startsWith("8BPS\0\u0001")) {
      return Optional.of(PSD);
    }
    if (isTiff(start)) {
      return Optional.of(TIFF);
    }
    if (isBmp(start)) {
      return Optional.of(BMP);
    }
    if (isIco(start)) {
      return Optional.of(ICO);
    }
    return PnmHeader.fits(head(bytes)) ? Optional.of(PNM) : Optional.empty();
  }

  private static Optional<ImageFormat> rare(byte[] bytes) {
    Optional<String> type = BinaryFormat.of(head(bytes));
    return Stream.of(QOI, SGI, DDS)
        .filter(format -> type.filter(format.mediaType::equals).isPresent())
        .findFirst();
  }

  private static boolean isPrintable(byte[] bytes) {
    return TextSniffer.isPrintable(head(bytes));
  }

  /** As much as the detection of types sees, so that both find the same. */
  private static byte[] head(byte[] bytes) {
    return bytes.length <= MediaTypes.HEAD_BYTES
        ? bytes
        : Arrays.copyOf(bytes, MediaTypes.HEAD_BYTES);
  }

  private static boolean isTiff(String start) {
    return start.startsWith("II*\0")
        || start.startsWith("MM\0*")
        || start.startsWith("II+\0\u0008\0\0\0")
        || start.startsWith("MM\0+\0\u0008\0\0");
  }

  /** "BM" alone also begins words; a header size that some version of the format had does not. */
  private static boolean isBmp(String start) {
    if (!start.startsWith("BM") || start.length() < 18) {
      return false;
    }
    boolean shortHeader = start.startsWith("\0\0\0", 15);
    return shortHeader && start.charAt(14) >= 12 && start.charAt(14) <= 124;
  }

  /** Type 1, a few pictures, and a first entry whose reserved byte is 0. */
  private static boolean isIco(String start) {
    return start.startsWith("\0\0\u0001\0")
        && start.length() >= 22
        && start.charAt(5) == 0
        && start.charAt(4) != 0
        && start.charAt(9) == 0;
  }
}
