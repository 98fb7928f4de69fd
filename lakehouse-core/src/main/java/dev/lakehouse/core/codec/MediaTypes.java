// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec;

import dev.lakehouse.core.asset.Modality;
import dev.lakehouse.core.codec.document.DocumentTypes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.metadata.Metadata;

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
    types.addAll(DocumentTypes.withCodec());
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
    Optional<String> nameType = NameTypes.of(name);
    String type =
        head.length == 0 ? EMPTY : Containers.refine(ofBytes(head, nameType), head, nameType);
    return new Detected(
        type, modality(type), nameType, nameType.flatMap(t -> claim(name, t, type)));
  }

  /**
   * What a name promises: nothing where its type is none of ours, it has another use, or it is that
   * of a container which may hold what the bytes are as well. Mail is a text, with headers or not.
   */
  private static Optional<Modality> claim(String name, String type, String ofBytes) {
    Modality modality = modality(type);
    return modality == Modality.UNKNOWN
            || NameTypes.isAmbiguous(name)
            || Containers.same(type, ofBytes)
            || (DocumentTypes.isMail(type) && modality(ofBytes) == Modality.TEXT)
        ? Optional.empty()
        : Optional.of(modality);
  }

  private static String ofBytes(byte[] head, Optional<String> nameType) {
    Optional<String> sure = BinaryFormat.of(head).or(() -> picture(head));
    if (sure.isPresent()) {
      return sure.get();
    }
    // whatever letters it begins with: what can be read throughout is no binary format
    return TextSniffer.isPrintable(head)
        ? DocumentTypes.ofText(head, nameType).orElseGet(() -> TextSniffer.kind(head, nameType))
        : DocumentTypes.ofBinary(head)
            .or(() -> binaryKnownToTika(head))
            .or(() -> text(head, nameType))
            .orElse(UNKNOWN);
  }

  private static Optional<String> picture(byte[] head) {
    return ImageFormat.of(head).map(ImageFormat::mediaType);
  }

  private static Optional<String> binaryKnownToTika(byte[] head) {
    String type;
    try {
      type = NameTypes.TYPES.detect(new ByteArrayInputStream(head), new Metadata()).toString();
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

  static String canonical(String type) {
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
    return DocumentTypes.withCodec().contains(type)
        || type.equals("application/postscript")
        || type.equals("application/xml")
        || type.startsWith("application/x-tika-")
        || type.startsWith("application/vnd.oasis.opendocument")
        || type.startsWith("application/vnd.openxmlformats-officedocument")
        || type.startsWith("application/vnd.ms-");
  }
}
