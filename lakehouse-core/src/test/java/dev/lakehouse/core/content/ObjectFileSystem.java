// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A real folder behind a scheme of its own, with the rules of an object store: a file is visible
 * once its upload has ended, the last upload wins, and nothing is renamed or written in place.
 */
public final class ObjectFileSystem extends RawLocalFileSystem {
  /** Settings under which Hadoop serves {@code object:///folder}. */
  static final Map<String, String> CONF =
      Map.of("fs.object.impl", ObjectFileSystem.class.getName());

  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    super.initialize(uri, conf);
    setConf(conf);
  }

  @Override
  public URI getUri() {
    return URI.create("object:///");
  }

  @Override
  public String getScheme() {
    return "object";
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

  /** Without permissions, which the parent class looks up by the path of a {@code file:} URI. */
  @Override
  public FileStatus[] listStatus(Path folder) throws IOException {
    return Arrays.stream(super.listStatus(folder))
        .map(
            file ->
                new FileStatus(
                    file.getLen(),
                    file.isDirectory(),
                    1,
                    file.getBlockSize(),
                    file.getModificationTime(),
                    file.getPath()))
        .toArray(FileStatus[]::new);
  }
}
