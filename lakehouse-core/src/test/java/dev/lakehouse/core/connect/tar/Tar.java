// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.tar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes shards for tests. */
public final class Tar {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8");

  /** Long names and big numbers as POSIX writes them. */
  public static Tar posix() {
    Tar made = new Tar();
    made.tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    made.tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    made.tar.setAddPaxHeadersForNonAsciiNames(true);
    return made;
  }

  /** The same as GNU writes them. */
  public static Tar gnu() {
    Tar made = new Tar();
    made.tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
    made.tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    return made;
  }

  public Tar add(String name, String content) {
    return add(name, content.getBytes(StandardCharsets.UTF_8));
  }

  public Tar add(String name, byte[] content) {
    TarArchiveEntry entry = new TarArchiveEntry(name, true);
    entry.setSize(content.length);
    return put(entry, content);
  }

  /** A link, a device or a folder. */
  public Tar special(String name, byte flag, String target) {
    TarArchiveEntry entry = new TarArchiveEntry(name, flag, true);
    if (flag == TarConstants.LF_LINK || flag == TarConstants.LF_SYMLINK) {
      entry.setLinkName(target);
    }
    return put(entry, new byte[0]);
  }

  /** A member with an extended header before it, whatever that says. */
  public Tar extended(String name, String field, String value, byte[] content) {
    String said = " %s=%s\n".formatted(field, value);
    int length = said.length() + 2 + (said.length() + 2 > 99 ? 1 : 0);
    byte[] record = (length + said).getBytes(StandardCharsets.US_ASCII);
    TarArchiveEntry header = new TarArchiveEntry("pax", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
    header.setSize(record.length);
    return put(header, record).add(name, content);
  }

  private Tar put(TarArchiveEntry entry, byte[] content) {
    entry.setModTime(0L);
    try {
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public byte[] bytes() {
    try {
      tar.close();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public byte[] gzip() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  public void to(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, file.toString().endsWith("gz") ? gzip() : bytes());
  }
}
