// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.document;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * Documents that are zip archives. OpenDocument and EPUB have a part that says what they are,
 * mostly the first; Office lists the types of its parts, mostly there too.
 */
final class OfficeZip {
  private static final String OOXML = "application/vnd.openxmlformats-officedocument.";
  private static final String ODF = "application/vnd.oasis.opendocument.";
  private static final String DOCX = OOXML + "wordprocessingml.document";
  private static final String PPTX = OOXML + "presentationml.presentation";
  private static final String XLSX = OOXML + "spreadsheetml.sheet";

  static final List<String> TYPES =
      List.of(
          DOCX,
          OOXML + "wordprocessingml.template",
          "application/vnd.ms-word.document.macroenabled.12",
          "application/vnd.ms-word.template.macroenabled.12",
          PPTX,
          OOXML + "presentationml.template",
          OOXML + "presentationml.slideshow",
          "application/vnd.ms-powerpoint.presentation.macroenabled.12",
          "application/vnd.ms-powerpoint.template.macroenabled.12",
          "application/vnd.ms-powerpoint.slideshow.macroenabled.12",
          XLSX,
          OOXML + "spreadsheetml.template",
          "application/vnd.ms-excel.sheet.macroenabled.12",
          "application/vnd.ms-excel.template.macroenabled.12",
          "application/vnd.ms-excel.sheet.binary.macroenabled.12",
          ODF + "text",
          ODF + "text-template",
          ODF + "presentation",
          ODF + "presentation-template",
          ODF + "spreadsheet",
          ODF + "spreadsheet-template");

  private static final byte[] ENTRY = {'P', 'K', 3, 4};
  private static final int ENTRY_HEADER = 30;
  private static final int MAX_LIST = 1 << 20;
  private static final int MAX_NAME = 100;
  private static final String LIST = "[Content_Types].xml";
  private static final Pattern MAIN =
      Pattern.compile(
          "ContentType\\s*=\\s*[\"']([^\"']{1,200}?)(?:\\.main)?\\+xml[\"']|"
              + "ContentType\\s*=\\s*[\"']([^\"']{1,200}?)\\.main[\"']");

  private OfficeZip() {}

  static Optional<String> of(byte[] head) {
    if (!startsWith(head, 0)) {
      return Optional.empty();
    }
    Optional<String> byFolder = Optional.empty();
    for (int at = 0; at >= 0; at = next(head, at + 1)) {
      Entry entry = new Entry(head, at);
      Optional<String> said = ofEntry(entry);
      if (said.isPresent()) {
        return said;
      }
      byFolder = byFolder.or(() -> ofFolder(entry.name()));
    }
    return byFolder;
  }

  /** What an entry says that is there to say it. */
  private static Optional<String> ofEntry(Entry entry) {
    return switch (entry.name()) {
      case LIST -> ofList(new String(entry.content(MAX_LIST), UTF_8));
      case "mimetype" -> known(new String(entry.content(MAX_NAME), ISO_8859_1).strip());
      default -> Optional.empty();
    };
  }

  private static Optional<String> known(String type) {
    return TYPES.contains(type) || type.equals(DocumentTypes.EPUB)
        ? Optional.of(type)
        : Optional.empty();
  }

  /** The type of the main part tells that of the whole. */
  private static Optional<String> ofList(String list) {
    Matcher types = MAIN.matcher(list);
    while (types.find()) {
      String type = types.group(1) != null ? types.group(1) : types.group(2);
      String lower = type.toLowerCase(Locale.ROOT);
      Optional<String> known = known(lower).or(() -> known(lower + ".12"));
      if (known.isPresent()) {
        return known;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> ofFolder(String name) {
    if (name.startsWith("word/")) {
      return Optional.of(DOCX);
    }
    if (name.startsWith("ppt/")) {
      return Optional.of(PPTX);
    }
    return name.startsWith("xl/") ? Optional.of(XLSX) : Optional.empty();
  }

  private static boolean startsWith(byte[] head, int at) {
    return at + ENTRY_HEADER <= head.length
        && Arrays.equals(head, at, at + ENTRY.length, ENTRY, 0, ENTRY.length);
  }

  /** Where the next entry begins: looked for, since sizes may stand behind what they tell of. */
  private static int next(byte[] head, int from) {
    for (int at = from; at + ENTRY_HEADER <= head.length; at++) {
      if (startsWith(head, at)) {
        return at;
      }
    }
    return -1;
  }

  /** An entry, as far as it is in the head. */
  private record Entry(byte[] head, int at) {
    private int number(int offset) {
      return Short.toUnsignedInt(
          ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getShort(at + offset));
    }

    private int nameEnd() {
      return Math.min(head.length, at + ENTRY_HEADER + number(26));
    }

    String name() {
      int begin = at + ENTRY_HEADER;
      return new String(head, begin, nameEnd() - begin, UTF_8);
    }

    /** What is packed in it, up to a number of bytes; broken or cut off, what there is. */
    byte[] content(int max) {
      int begin = Math.min(head.length, nameEnd() + number(28));
      int stored = number(18) | number(20) << 16;
      if (number(8) == 0) {
        int end = Math.min(head.length, begin + Math.max(0, Math.min(stored, max)));
        return Arrays.copyOfRange(head, begin, end);
      }
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      InputStream packed = new ByteArrayInputStream(head, begin, head.length - begin);
      try (InputStream in = new InflaterInputStream(packed, new Inflater(true))) {
        byte[] buffer = new byte[4096];
        for (int n = in.read(buffer); n >= 0 && out.size() < max; n = in.read(buffer)) {
          out.write(buffer, 0, n);
        }
      } catch (IOException e) {
        return out.toByteArray();
      }
      return out.toByteArray();
    }
  }
}
