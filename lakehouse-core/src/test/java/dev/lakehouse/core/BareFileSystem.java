// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A real folder behind a scheme that nobody knows, where files can be created, read and deleted and
 * nothing else: no rename, no link, and not the newer of Hadoop's interfaces.
 */
public final class BareFileSystem extends FolderFileSystem {
  /** Settings under which Hadoop serves {@code bare:///folder}. */
  public static final Map<String, String> CONF =
      Map.of("fs.bare.impl", BareFileSystem.class.getName());

  private static final AtomicReference<String> READ_ONLY = new AtomicReference<>("/nowhere");

  /** From now on nothing can be created below a folder. */
  public static void makeReadOnly(String folder) {
    READ_ONLY.set(folder);
  }

  /** For Hadoop. */
  public BareFileSystem() {
    super("bare");
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    throw new IOException("bare: cannot rename " + from);
  }

  @Override
  public FSDataOutputStream create(
      Path path, boolean overwrite, int buffer, short copies, long block, Progressable progress)
      throws IOException {
    return created(
        path, overwrite, () -> super.create(path, overwrite, buffer, copies, block, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short copies,
      long block,
      Progressable progress)
      throws IOException {
    return created(
        path,
        overwrite,
        () -> super.create(path, permission, overwrite, buffer, copies, block, progress));
  }

  private interface Create {
    FSDataOutputStream go() throws IOException;
  }

  private FSDataOutputStream created(Path path, boolean overwrite, Create create)
      throws IOException {
    if (path.toUri().getPath().startsWith(READ_ONLY.get())) {
      throw new IOException("bare: cannot create " + path);
    }
    synchronized (BareFileSystem.class) { // as a server would see to it
      if (!overwrite && exists(path)) {
        throw new FileAlreadyExistsException("bare: there is a " + path);
      }
      return create.go();
    }
  }
}
