// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import dev.lakehouse.core.access.HadoopSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** A bundle in a folder that Hadoop reaches. */
public record RemoteFiles(Path root, Configuration hadoop) implements BundleFiles {

  static RemoteFiles at(String uri, Map<String, String> settings) {
    return new RemoteFiles(new Path(URI.create(uri)), HadoopSettings.configuration(settings));
  }

  public OutputStream create(String file) throws IOException {
    Path path = new Path(root, PinnedFile.requireInside(file));
    return path.getFileSystem(hadoop).create(path, true);
  }

  @Override
  public InputStream open(String file) throws IOException {
    Path found = new Path(root, PinnedFile.requireInside(file));
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
