// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.jspecify.annotations.Nullable;

/**
 * Local files as Hadoop has them, checksums included. Without its native library, which few
 * machines have, Hadoop starts {@code chmod} for each file that it makes and {@code readlink} six
 * times for each that it renames: some four hundred processes for a run over twenty files. Here the
 * JVM is asked.
 */
public final class LocalFiles extends LocalFileSystem {
  /** What makes Hadoop take this for {@code file:}, by its two interfaces. */
  public static final Map<String, String> SETTINGS =
      Map.of(
          "fs.file.impl", LocalFiles.class.getName(),
          "fs.AbstractFileSystem.file.impl", LocalFileContext.class.getName());

  /** Called by Hadoop. */
  public LocalFiles() {
    super(new Raw());
  }

  /** The same without checksums. */
  static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(Path file, FsPermission permission) throws IOException {
      PosixFileAttributeView view = posix(file);
      if (view == null || permission.getStickyBit()) {
        super.setPermission(file, permission);
      } else {
        String letters = permission.toString(); // rwxr-xr-x
        view.setPermissions(PosixFilePermissions.fromString(letters));
      }
    }

    private @Nullable PosixFileAttributeView posix(Path file) {
      return Files.getFileAttributeView(
          pathToFile(file).toPath(), PosixFileAttributeView.class, new LinkOption[0]);
    }

    /** Hadoop asks {@code readlink} for a whole URI, which never is a link: links are followed. */
    @Override
    public FileStatus getFileLinkStatus(Path file) throws IOException {
      return getFileStatus(file);
    }
  }
}
