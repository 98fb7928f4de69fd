// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.manifest;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;

/**
 * What to read from a manifest of rows.
 *
 * @param path a URI, or a local path
 * @param mapping which field plays which role
 * @param root folder that image files are found below; by default the manifest's own
 * @param name of the source; by default the URI of the manifest, links resolved
 * @param hadoopConf Hadoop settings on top of the defaults
 * @param encoding of the manifest; by default that of its mark, or UTF-8
 * @param csv what is known of the dialect of a CSV manifest
 */
public record ManifestOptions(
    String path,
    RowMapping mapping,
    Optional<String> root,
    Optional<String> name,
    Map<String, String> hadoopConf,
    Optional<Charset> encoding,
    CsvOptions csv) {

  /** Encoding and dialect are found out. */
  public ManifestOptions(
      String path,
      RowMapping mapping,
      Optional<String> root,
      Optional<String> name,
      Map<String, String> hadoopConf) {
    this(path, mapping, root, name, hadoopConf, Optional.empty(), CsvOptions.guessed());
  }
}
