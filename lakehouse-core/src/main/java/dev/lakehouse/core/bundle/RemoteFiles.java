// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A bundle in a folder that Hadoop reaches. */
record RemoteFiles(Path root, Configuration hadoop) implements BundleFiles {

  @Override
  public InputStream open(String file) throws IOException {
    Path found = new Path(root, Content.requireInside(file));
    return found.getFileSystem(hadoop).open(found);
  }

  @Override
  public List<String> names() throws IOException {
    return Arrays.stream(root.getFileSystem(hadoop).listStatus(root))
        .map(child -> child.getPath().getName())
        .sorted()
        .toList();
  }

  @Override
  public String place() {
    return root.toString();
  }

  @Override
  public Optional<java.nio.file.Path> folder() {
    return Optional.empty();
  }
}
