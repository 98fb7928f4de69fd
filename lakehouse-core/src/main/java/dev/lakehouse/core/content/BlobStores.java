// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/** The blob store that fits a URI. */
public final class BlobStores {
  private static final Set<String> OBJECT_STORES = Set.of("s3a", "s3", "s3n", "gs", "oss", "cosn");

  private BlobStores() {}

  /**
   * The store below a URI; nothing is opened yet.
   *
   * @param uri with a scheme, percent-encoded
   * @param hadoopConf Hadoop settings on top of the defaults; not used by {@code file:}
   * @throws LakehouseException if the URI has no scheme
   */
  public static BlobStore at(String uri, Map<String, String> hadoopConf) {
    String root = uri.endsWith("/") ? uri.replaceFirst("/+$", "") : uri;
    String scheme = scheme(root);
    if (scheme.equals("file")) {
      return new LocalBlobStore(root);
    }
    return OBJECT_STORES.contains(scheme)
        ? new ObjectBlobStore(root, hadoopConf)
        : new HadoopBlobStore(root, hadoopConf);
  }

  private static String scheme(String uri) {
    try {
      String scheme = URI.create(uri).getScheme();
      if (scheme != null) {
        return scheme;
      }
    } catch (IllegalArgumentException e) {
      throw LakehouseException.because(
          e, ErrorCode.CONFIG_INVALID, "Not a URI for blobs: '%s' (%s)", uri, e.getMessage());
    }
    throw LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Not a URI for blobs: '%s' has no scheme. Write file:///… for a local folder",
        uri);
  }
}
