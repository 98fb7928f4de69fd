// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.copy;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.JvmFolder;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.lake.LocalDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The room that copies take on a disk: each a folder, with a lock and the list of its files beside
 * it. The ones that were asked for longest ago go first, unless somebody reads them.
 *
 * @param disk how much of it may be taken
 * @param home folder of the copies
 */
record CopyRoom(LocalDisk disk, Path home) {
  private static final Logger LOG = LoggerFactory.getLogger(CopyRoom.class);

  /** How the name of a folder begins in which something is made. */
  static final String WORK = "work-";

  /** Whoever reads or makes a copy holds this file, and touches it. */
  static Path lock(Path folder) {
    return beside(folder, ".lock");
  }

  /** What a copy is made of; a folder without it is no copy. */
  static Path list(Path folder) {
    return beside(folder, ".json");
  }

  private static Path beside(Path folder, String suffix) {
    return folder.resolveSibling(requireNonNull(folder.getFileName()) + suffix);
  }

  static void release(LockFile lock) {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.debug("A lock was given up", e);
    }
  }

  /**
   * Drops copies until there is room.
   *
   * @param why in words that follow on "bytes"
   * @throws LakehouseException CONFIG_INVALID if there is none all the same
   */
  void make(long bytes, String why) throws IOException {
    List<Path> oldest =
        folders().stream()
            .filter(folder -> !folder.getFileName().toString().startsWith(WORK))
            .sorted(Comparator.comparing(CopyRoom::lastAsked))
            .toList();
    for (Path folder : oldest) {
      if (left() >= bytes) {
        return;
      }
      drop(folder);
    }
    if (left() < bytes) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Not enough room in %s %s: expected %d bytes, found %d. Nothing was done. Make room there,"
              + " give another folder with --set lakehouse.index.local-folder=PATH, or allow more"
              + " than %d bytes with --set lakehouse.index.local-bytes=N",
          home,
          why,
          bytes,
          Math.max(0, left()),
          disk.limit());
    }
  }

  /** Bytes that may be added. */
  long left() throws IOException {
    long taken = 0;
    for (Path folder : folders()) {
      taken += bytes(folder);
    }
    return Math.min(Files.getFileStore(home).getUsableSpace(), disk.limit() - taken);
  }

  private static Instant lastAsked(Path folder) {
    try {
      return Files.getLastModifiedTime(lock(folder)).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }

  /** Unless somebody holds it. */
  private static void drop(Path folder) throws IOException {
    Optional<LockFile> lock = LockFile.alone(lock(folder));
    if (lock.isPresent()) {
      Files.deleteIfExists(list(folder)); // first: without it the rest is not whole
      JvmFolder.delete(folder);
      release(lock.get());
    }
  }

  /** Copies, and what is about to be one. */
  List<Path> folders() throws IOException {
    return inside().stream().filter(Files::isDirectory).toList();
  }

  /** All that is there. */
  List<Path> inside() throws IOException {
    try (Stream<Path> inside = Files.list(home)) {
      return inside.toList();
    }
  }

  private static long bytes(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(Path::toFile).mapToLong(file -> file.isFile() ? file.length() : 0).sum();
    } catch (IOException | UncheckedIOException e) {
      return 0; // somebody removes it
    }
  }
}
