// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * What has to hold of a zip archive before anybody takes it for a document. Everything is unpacked
 * once and counted, since what an archive says of its sizes may be a lie.
 */
final class ZipCheck {
  /** Below that nothing is a bomb, however well it was packed. */
  private static final long HARMLESS = 8 << 20;

  /** Honest sheets full of the same reach about a hundred; a bomb is at its thousand. */
  private static final long MAX_RATIO = 200;

  private static final int MAX_ENTRIES = 100_000;

  private static final Pattern XML = Pattern.compile("(?i)[.](?:xml|rels)$");
  private static final int PROLOGUE = 4096;

  private ZipCheck() {}

  /** Document types that XML within an archive may declare. */
  enum Declarations {
    NONE,
    ANY
  }

  /**
   * Checks an archive.
   *
   * @param strict whether its XML may declare nothing, as that of Office may not
   */
  static void require(Path file, long maxUnpacked, Declarations strict)
      throws Refusal, IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      if (zip.size() > MAX_ENTRIES) {
        throw new Refusal(
            Refusal.Code.EXPANSION_LIMIT, "The archive has %d entries".formatted(zip.size()));
      }
      long max = Math.min(maxUnpacked, Math.max(HARMLESS, Files.size(file) * MAX_RATIO));
      byte[] buffer = new byte[1 << 16];
      long unpacked = 0;
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (strict == Declarations.NONE && XML.matcher(entry.getName()).find()) {
          requireNoDeclaration(zip, entry);
        }
        unpacked += unpack(zip, entry, buffer, max - unpacked);
        if (unpacked > max) {
          throw new Refusal(
              Refusal.Code.EXPANSION_LIMIT,
              "%d bytes unpack to more than %d".formatted(Files.size(file), max));
        }
      }
    } catch (ZipException e) {
      throw new Refusal(Refusal.Code.CORRUPT, "No whole zip archive: " + e.getMessage(), e);
    }
  }

  /** Entities would have other files read, or grow without end. */
  private static void requireNoDeclaration(ZipFile zip, ZipEntry entry)
      throws Refusal, IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      String head = new String(in.readNBytes(PROLOGUE), ISO_8859_1).replace("\0", "");
      if (head.contains("<!DOCTYPE") || head.contains("<!ENTITY")) {
        throw new Refusal(Refusal.Code.CORRUPT, "Declares entities, which no such document does");
      }
    }
  }

  private static long unpack(ZipFile zip, ZipEntry entry, byte[] buffer, long max)
      throws IOException {
    long unpacked = 0;
    try (InputStream in = zip.getInputStream(entry)) {
      for (int read = in.read(buffer); read >= 0 && unpacked <= max; read = in.read(buffer)) {
        unpacked += read;
      }
    }
    return unpacked;
  }
}
