// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The files of one bundle, wherever they are. */
interface BundleFiles {
  String MODEL_YAML = "model.yaml";

  /**
   * Opens a file.
   *
   * @throws java.io.FileNotFoundException if the bundle has no such file
   */
  InputStream open(String file) throws IOException;

  /** Names directly inside, for people. */
  List<String> names() throws IOException;

  /** Where the bundle is, for people. */
  String place();

  /** The folder, where it is one of this machine. */
  Optional<Path> folder();

  /** The files below a URI. */
  static BundleFiles at(String uri, Configuration hadoop) {
    URI parsed = URI.create(uri.replace(" ", "%20"));
    if (parsed.getScheme() == null) {
      return new FolderFiles(Path.of(uri));
    }
    if (parsed.getScheme().equals("file")) {
      return new FolderFiles(Path.of(parsed.getPath()));
    }
    return new RemoteFiles(new org.apache.hadoop.fs.Path(uri), hadoop);
  }
}
