// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.lakehouse.core.asset.Modality;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;

/**
 * Finds out what bytes are. A name is heard apart from them and never overrules them.
 *
 * <p>Own rules know the pictures that the house decodes and the kinds of text; Tika's magic numbers
 * know the rest. No rule reads more than the head that it is given.
 */
public final class MediaTypes {
  /** No bytes at all. */
  public static final String EMPTY = "application/x-empty";

  /** Bytes that nothing recognises. */
  public static final String UNKNOWN = "application/octet-stream";

  /** How many bytes of a file the detection wants to see. */
  public static final int HEAD_BYTES = 64 << 10;

  private static final Set<String> TEXTS =
      Set.of(TextSniffer.PLAIN, TextSniffer.MARKDOWN, TextSniffer.RST, TextSniffer.HTML);
  private static final Set<String> TABLES =
      Set.of(
          TextSniffer.JSON,
          TextSniffer.JSON_LINES,
          TextSniffer.CSV,
          TextSniffer.TSV,
          "application/x-parquet",
          "application/x-sqlite3");
  private static final Set<String> BINARY_APPLICATIONS =
      Set.of("application/dicom", "application/x-parquet", "application/x-sqlite3");

  /** Names of types that differ from Tika's, by extension. */
  private static final Map<String, String> BY_EXTENSION =
      Map.of(
          "jsonl", TextSniffer.JSON_LINES,
          "ndjson", TextSniffer.JSON_LINES,
          "md", TextSniffer.MARKDOWN,
          "markdown", TextSniffer.MARKDOWN,
          "rst", TextSniffer.RST,
          "parquet", "application/x-parquet",
          "avif", "image/avif",
          "dcm", "application/dicom",
          "gpl", TextSniffer.GIMP_PALETTE,
          "dds", "image/vnd.ms-dds");

  /** First bytes that Tika does not know. */
  private static final Map<String, String> BY_MAGIC =
      Map.of(
          "DDS ", "image/vnd.ms-dds",
          "qoif", "image/qoi",
          "BLP1", "image/x-blp",
          "BLP2", "image/x-blp",
          "\u0001\u00DA", "image/x-sgi");

  private MediaTypes() {}

  /** Media types that can be decoded, in a fixed order: what an asset must be to be of use. */
  public static Set<String> withCodec() {
    Set<String> types = new LinkedHashSet<>();
    for (ImageFormat format : ImageFormat.values()) {
      types.add(format.mediaType());
    }
    types.add(TextSniffer.PLAIN);
    types.add(TextSniffer.MARKDOWN);
    types.add(TextSniffer.RST);
    types.add(TextSniffer.HTML);
    return types;
  }

  /** Whether content of this type can be decoded. */
  public static boolean hasCodec(String mediaType) {
    return withCodec().contains(mediaType);
  }

  /**
   * What the bytes are, and what the name claims.
   *
   * @param head the first {@link #HEAD_BYTES} bytes, or all there are
   * @param name a file name or path; only its end counts
   */
  public static Detected detect(byte[] head, String name) {
    Optional<String> nameType = ofName(name);
    String type = head.length == 0 ? EMPTY : ofBytes(head, nameType);
    return new Detected(type, modality(type), nameType, nameType.map(MediaTypes::modality));
  }

  private static String ofBytes(byte[] head, Optional<String> nameType) {
    if (isDicom(head)) {
      return "application/dicom"; // before TIFF: a DICOM file may begin as one
    }
    Optional<String> picture = ImageFormat.of(head).map(ImageFormat::mediaType);
    return picture
        .or(() -> byMagic(head))
        .or(() -> binaryKnownToTika(head))
        .or(() -> text(head, nameType))
        .orElse(UNKNOWN);
  }

  private static boolean isDicom(byte[] head) {
    return head.length >= 132 && new String(head, 128, 4, ISO_8859_1).equals("DICM");
  }

  private static Optional<String> byMagic(byte[] head) {
    String start = new String(head, 0, Math.min(head.length, 8), ISO_8859_1);
    return BY_MAGIC.entrySet().stream()
        .filter(magic -> start.startsWith(magic.getKey()))
        .map(Map.Entry::getValue)
        .findAny();
  }

  private static Optional<String> binaryKnownToTika(byte[] head) {
    String type;
    try {
      type = Magic.TYPES.detect(new ByteArrayInputStream(head), new Metadata()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory failed", e);
    }
    // Tika also names kinds of text after a word that they begin with; the strict rules do that
    boolean binary =
        switch (modality(type)) {
          case IMAGE, AUDIO, VIDEO -> !type.equals(TextSniffer.SVG);
          case DOCUMENT -> !type.endsWith("xml");
          case TABLE -> BINARY_APPLICATIONS.contains(type);
          case TEXT, UNKNOWN -> type.startsWith("application/") && !TextSniffer.isText(head);
        };
    return binary && !type.equals(UNKNOWN) ? Optional.of(canonical(type)) : Optional.empty();
  }

  private static Optional<String> text(byte[] head, Optional<String> nameType) {
    return TextSniffer.isText(head)
        ? Optional.of(TextSniffer.kind(head, nameType))
        : Optional.empty();
  }

  private static Optional<String> ofName(String name) {
    String file = name.substring(name.lastIndexOf('/') + 1);
    int dot = file.lastIndexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String extension = file.substring(dot + 1).toLowerCase(Locale.ROOT);
    String type = BY_EXTENSION.get(extension);
    if (type == null) {
      type = canonical(Magic.TYPES.getMimeType("name." + extension).toString());
    }
    return type.equals(UNKNOWN) ? Optional.empty() : Optional.of(type);
  }

  private static String canonical(String type) {
    return switch (type) {
      case "text/x-web-markdown" -> TextSniffer.MARKDOWN;
      case "image/x-portable-pixmap", "image/x-portable-graymap", "image/x-portable-bitmap" ->
          ImageFormat.PNM.mediaType();
      case "image/x-bmp", "image/x-ms-bmp" -> ImageFormat.BMP.mediaType();
      case "image/x-icon" -> ImageFormat.ICO.mediaType();
      case "application/xhtml+xml" -> TextSniffer.HTML;
      default -> type;
    };
  }

  private static Modality modality(String type) {
    if (TABLES.contains(type)) {
      return Modality.TABLE;
    }
    if (TEXTS.contains(type) || type.startsWith("text/")) {
      return Modality.TEXT;
    }
    if (type.startsWith("image/") || type.equals("application/dicom")) {
      return Modality.IMAGE;
    }
    if (type.startsWith("audio/")) {
      return Modality.AUDIO;
    }
    if (type.startsWith("video/") || type.equals("application/x-matroska")) {
      return Modality.VIDEO;
    }
    return isDocument(type) ? Modality.DOCUMENT : Modality.UNKNOWN;
  }

  private static boolean isDocument(String type) {
    return type.equals("application/pdf")
        || type.equals("application/rtf")
        || type.equals("application/postscript")
        || type.equals("application/epub+zip")
        || type.equals("application/xml")
        || type.equals("application/msword")
        || type.startsWith("application/x-tika-")
        || type.startsWith("application/vnd.oasis.opendocument")
        || type.startsWith("application/vnd.openxmlformats-officedocument")
        || type.startsWith("application/vnd.ms-");
  }

  /** Loaded with the first question: Tika reads its whole registry. */
  private static final class Magic {
    static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes();
  }
}
