// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

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
 */
public record ManifestOptions(
    String path,
    RowMapping mapping,
    Optional<String> root,
    Optional<String> name,
    Map<String, String> hadoopConf) {}
