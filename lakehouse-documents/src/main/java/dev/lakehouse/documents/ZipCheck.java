// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
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

  private ZipCheck() {}

  static void require(Path file, long maxUnpacked) throws Refusal, IOException {
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
        unpacked += unpack(zip, entries.nextElement(), buffer, max - unpacked);
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
