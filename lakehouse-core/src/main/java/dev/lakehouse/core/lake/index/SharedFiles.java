// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files of an index on a local file system, readable for those for whom the umask makes files
 * readable: Lance writes through temporary files, which nobody else may read.
 */
final class SharedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(SharedFiles.class);
  private static final Set<PosixFilePermission> PRIVATE = Set.of(OWNER_READ, OWNER_WRITE);

  private SharedFiles() {}

  /** Gives files that only their owner may read the mode of any file that is made there. */
  static void follow(IndexPlace place) {
    if (!place.uri().startsWith("/")) {
      return; // an object store, which knows no modes
    }
    Path folder = Path.of(place.uri());
    try {
      Set<PosixFilePermission> usual = usual(folder);
      if (!usual.equals(PRIVATE)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files.filter(Files::isRegularFile).forEach(file -> follow(file, usual));
        }
      }
    } catch (IOException | UncheckedIOException | UnsupportedOperationException e) {
      LOG.debug("Files of index {} keep their modes", place, e);
    }
  }

  private static Set<PosixFilePermission> usual(Path folder) throws IOException {
    Path trial = Files.createFile(folder.resolve(".mode-" + UUID.randomUUID()));
    try {
      return Files.getPosixFilePermissions(trial);
    } finally {
      Files.delete(trial);
    }
  }

  private static void follow(Path file, Set<PosixFilePermission> usual) {
    try {
      if (Files.getPosixFilePermissions(file).equals(PRIVATE)) {
        Files.setPosixFilePermissions(file, usual);
      }
    } catch (IOException e) {
      LOG.debug("{} keeps its mode", file, e); // somebody else's, or gone
    }
  }
}
