// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What this process takes away from the modes of files that it makes. */
public final class Umask {

  private Umask() {}

  /** The umask in octal digits; empty where there is none. */
  public static Optional<String> ofProcess() {
    Path trial = JvmFolder.place("umask-" + UUID.randomUUID());
    try {
      Set<PosixFilePermission> left = Files.getPosixFilePermissions(Files.createDirectory(trial));
      Files.delete(trial);
      int umask = 0;
      for (PosixFilePermission permission : PosixFilePermission.values()) { // owner's read first
        umask = umask << 1 | (left.contains(permission) ? 0 : 1);
      }
      return Optional.of("%03o".formatted(umask));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }
}
