// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.FolderFileSystem;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A real folder behind a scheme of its own, with the rules of an object store: a file is visible
 * once its upload has ended, the last upload wins, and nothing is renamed or written in place.
 */
public final class ObjectFileSystem extends FolderFileSystem {
  /** Settings under which Hadoop serves {@code object:///folder}. */
  static final Map<String, String> CONF =
      Map.of("fs.object.impl", ObjectFileSystem.class.getName());

  /** For Hadoop. */
  public ObjectFileSystem() {
    super("object");
  }

  @Override
  public void copyFromLocalFile(boolean move, boolean overwrite, Path from, Path to)
      throws IOException {
    java.nio.file.Path upload = Files.createTempFile("upload-", ".tmp");
    Files.copy(
        new File(from.toUri().getPath()).toPath(), upload, StandardCopyOption.REPLACE_EXISTING);
    java.nio.file.Path target = pathToFile(to).toPath();
    Files.createDirectories(target.getParent());
    Files.move(upload, target, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public boolean rename(Path from, Path to) {
    throw new UnsupportedOperationException("A rename is a copy in an object store");
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress) {
    throw new UnsupportedOperationException("A stream that breaks would publish a part");
  }
}
