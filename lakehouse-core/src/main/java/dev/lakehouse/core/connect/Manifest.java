// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * A manifest that is there.
 *
 * @param uri of the manifest
 * @param name of the source
 * @param root folder that image files are found below
 * @param mapping which field plays which role
 * @param hadoopConf Hadoop settings on top of the defaults
 */
record Manifest(
    String uri, String name, Folder root, RowMapping mapping, Map<String, String> hadoopConf) {

  /**
   * Finds a manifest and its root.
   *
   * @throws LakehouseException SOURCE_UNAVAILABLE if either is not there
   */
  static Manifest find(ManifestOptions options) {
    String uri = Places.file(options.path(), options.hadoopConf());
    String root =
        options
            .root()
            .map(written -> Places.folder(written, options.hadoopConf()))
            .orElseGet(() -> Places.parent(uri));
    return new Manifest(
        uri, options.name().orElse(uri), new Folder(root), options.mapping(), options.hadoopConf());
  }

  /** Opens the manifest itself. */
  InputStream open() {
    try {
      return new SourceFile(uri, hadoopConf).open();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  LakehouseException unreadable(IOException cause) {
    return LakehouseException.because(
        cause, ErrorCode.SOURCE_UNAVAILABLE, "Cannot read manifest %s: %s", uri, cause);
  }
}
