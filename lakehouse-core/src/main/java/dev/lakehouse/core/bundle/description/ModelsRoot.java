// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.description;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where bundles are kept beside the embedded ones.
 *
 * @param uri any URI that Hadoop can reach; without a scheme a local folder
 * @param hadoop settings of the file system; may hold references to credentials
 */
public record ModelsRoot(String uri, Map<String, String> hadoop) implements Serializable {

  public ModelsRoot {
    requireNonNull(uri, "uri is null");
    hadoop = new TreeMap<>(hadoop);
  }

  /** A root that needs no settings. */
  public static ModelsRoot at(String uri) {
    return new ModelsRoot(uri, Map.of());
  }

  public BundleFiles folder(String name) {
    return BundleFiles.at(uri + (uri.endsWith("/") ? "" : "/") + name, hadoop);
  }

  @Override
  public String toString() {
    return uri; // the settings may name secrets
  }
}
