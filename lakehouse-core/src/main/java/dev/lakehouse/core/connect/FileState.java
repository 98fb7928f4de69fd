// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FileStatus;

/**
 * What tells one state of a file from the next, as its file system says it.
 *
 * @param length bytes
 * @param modified when, in the finest unit that the file system has
 * @param identity what a replacement of the same length and time would not share; may be empty
 * @param etag by which a store names these bytes, without quotes
 * @param changed the last time that anything of it changed, its times among that
 */
public record FileState(
    long length, String modified, String identity, Optional<String> etag, Instant changed) {

  /** The coarsest clock among file systems in use. */
  private static final Duration TICK = Duration.ofSeconds(2);

  /** The state that a listing or a look found. */
  public static FileState of(FileStatus status) {
    long modified = status.getModificationTime();
    return new FileState(
        status.getLen(),
        String.valueOf(modified),
        "",
        status instanceof EtagSource store ? etag(store) : Optional.empty(),
        Instant.ofEpochMilli(modified));
  }

  private static Optional<String> etag(EtagSource store) {
    return Optional.ofNullable(store.getEtag())
        .map(etag -> etag.replace("\"", ""))
        .filter(etag -> !etag.isBlank());
  }

  /**
   * The state of a local file, links followed.
   *
   * @throws IOException if it cannot be looked at or is not a regular file
   */
  static FileState of(Path file) throws IOException {
    BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
    if (!found.isRegularFile()) {
      throw notRegular(found.isDirectory()); // to open a pipe would wait
    }
    FileTime modified = found.lastModifiedTime();
    FileTime changed = lastChange(file).orElse(modified);
    return new FileState(
        found.size(),
        modified.toString(),
        String.valueOf(found.fileKey()),
        Optional.empty(),
        Stream.of(modified, changed).max(Comparator.naturalOrder()).orElseThrow().toInstant());
  }

  /** Why something that is there cannot be read as a file. */
  static IOException notRegular(boolean folder) {
    return new IOException(folder ? "it is a folder, not a file" : "it is no regular file");
  }

  /** When anything of it changed last, where that is kept: nobody can set that time back. */
  private static Optional<FileTime> lastChange(Path file) throws IOException {
    boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    return unix
        ? Optional.ofNullable((FileTime) Files.getAttribute(file, "unix:ctime"))
        : Optional.empty();
  }

  /** The state of a piece of this file, of so many bytes. */
  public FileState part(long bytes) {
    return new FileState(bytes, modified, identity, etag, changed);
  }

  /**
   * What another look finds again for as long as the bytes are these. None for a file that changed
   * so shortly before that it could change once more without being given another time.
   *
   * @param seen when this state was found
   */
  public Optional<String> mark(Instant seen) {
    if (etag.isPresent()) {
      return Optional.of("%d %s".formatted(length, etag.get()));
    }
    return changed.plus(TICK).isAfter(seen)
        ? Optional.empty()
        : Optional.of("%d %s %s".formatted(length, modified, changed));
  }
}
