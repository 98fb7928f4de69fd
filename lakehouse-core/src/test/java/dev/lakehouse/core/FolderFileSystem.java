// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A real folder behind a scheme of its own, for rules that a local file system does not have. */
public abstract class FolderFileSystem extends RawLocalFileSystem {
  private final String scheme;

  public FolderFileSystem(String scheme) {
    this.scheme = scheme;
  }

  @Override
  public void initialize(URI uri, Configuration conf) throws IOException {
    super.initialize(uri, conf);
    setConf(conf);
  }

  @Override
  public URI getUri() {
    return URI.create(getScheme() + ":///");
  }

  @Override
  public String getScheme() {
    return scheme == null ? "file" : scheme; // asked for while the parent is being made
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
