// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The files of one bundle, wherever they are. */
public interface BundleFiles {
  String MODEL_YAML = "model.yaml";
  Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:");

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

  /**
   * The files below a percent-encoded URI, or below a local path where there is no scheme.
   *
   * @param hadoop settings of its file system; a local folder needs no Hadoop at all
   */
  static BundleFiles at(String uri, Map<String, String> hadoop) {
    if (!SCHEME.matcher(uri).lookingAt()) {
      return new FolderFiles(Path.of(uri));
    }
    if (uri.startsWith("file:")) {
      return new FolderFiles(Path.of(URI.create(uri).getPath()));
    }
    return RemoteFiles.at(uri, hadoop);
  }
}
