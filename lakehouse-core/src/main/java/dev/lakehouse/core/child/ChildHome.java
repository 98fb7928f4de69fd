// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.child;

import dev.lakehouse.core.JvmFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** The folder that JVMs of one user share on a machine for what they unpack or fetch. */
public final class ChildHome {
  private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rwx------");

  private ChildHome() {}

  /** One that nobody else can write to; where there is none to be had, one of this JVM alone. */
  public static Path ofUser() throws IOException {
    String name = "lakehouse-" + System.getProperty("user.name", "user").replaceAll("\\W", "_");
    Path home = Path.of(System.getProperty("java.io.tmpdir")).resolve(name);
    try {
      if (!Files.exists(home, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(home.getParent());
        Files.createDirectory(home, PosixFilePermissions.asFileAttribute(OURS));
      }
    } catch (java.nio.file.FileAlreadyExistsException e) {
      return isOurs(home) ? home : JvmFolder.newFolder("unpacked");
    } catch (UnsupportedOperationException e) {
      return JvmFolder.newFolder("unpacked");
    }
    return isOurs(home) ? home : JvmFolder.newFolder("unpacked");
  }

  private static boolean isOurs(Path home) throws IOException {
    Path trial = JvmFolder.newFolder("trial");
    try {
      return Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)
          && Files.getOwner(home, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(trial))
          && Files.getPosixFilePermissions(home, LinkOption.NOFOLLOW_LINKS).equals(OURS);
    } finally {
      JvmFolder.delete(trial);
    }
  }

  /** Deletes what was begun or pushed aside here, however that went. */
  static void clean(Path home, Path begun) throws IOException {
    if (Files.exists(begun)) {
      JvmFolder.delete(begun);
    }
    try (Stream<Path> inside = Files.list(home)) {
      inside
          .filter(path -> path.getFileName().toString().startsWith("damaged-"))
          .forEach(JvmFolder::delete);
    }
  }
}
