// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.document;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Documents in the storage that Office had before it had zip archives: a file system whose
 * directory names what is in it. Where the directory is not in the head, nobody but a reader knows.
 */
enum OfficeStorage {
  PROTECTED("application/x-tika-ooxml-protected", "EncryptedPackage"),
  WORD("application/msword", "WordDocument"),
  EXCEL("application/vnd.ms-excel", "Workbook"),
  EXCEL_5("application/vnd.ms-excel", "Book"),
  POWERPOINT("application/vnd.ms-powerpoint", "PowerPoint Document"),
  OUTLOOK("application/vnd.ms-outlook", "__properties_version1.0");

  /** Of one of them, without saying which. */
  private static final String ANY = "application/x-tika-msoffice";

  static final List<String> TYPES =
      List.of(
          WORD.mediaType,
          EXCEL.mediaType,
          POWERPOINT.mediaType,
          OUTLOOK.mediaType,
          PROTECTED.mediaType,
          ANY);

  private static final byte[] MARK = {
    (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1
  };
  private static final int ENTRY_BYTES = 128;
  private static final int NAME_LENGTH_AT = 64;

  private final String mediaType;
  private final byte[] name;

  OfficeStorage(String mediaType, String name) {
    this.mediaType = mediaType;
    this.name = (name + '\0').getBytes(UTF_16LE);
  }

  static Optional<String> of(byte[] head) {
    if (head.length < MARK.length || !Arrays.equals(head, 0, MARK.length, MARK, 0, MARK.length)) {
      return Optional.empty();
    }
    return Arrays.stream(values())
        .filter(kind -> kind.isNamedIn(head))
        .map(kind -> kind.mediaType)
        .findFirst()
        .or(() -> Optional.of(ANY));
  }

  /** Entries begin at multiples of their size, and say how long their names are. */
  private boolean isNamedIn(byte[] head) {
    for (int at = ENTRY_BYTES; at + ENTRY_BYTES <= head.length; at += ENTRY_BYTES) {
      if (head[at + NAME_LENGTH_AT] == name.length
          && Arrays.equals(head, at, at + name.length, name, 0, name.length)) {
        return true;
      }
    }
    return false;
  }
}
