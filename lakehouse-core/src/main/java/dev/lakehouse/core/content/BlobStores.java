// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.ObjectStores;
import java.net.URI;
import java.util.Map;

/** The blob store that fits a URI. */
public final class BlobStores {
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
    URI place = withScheme(root);
    if ("file".equals(place.getScheme())) {
      return new LocalBlobStore(root);
    }
    return ObjectStores.hold(place)
        ? new ObjectBlobStore(root, hadoopConf)
        : new HadoopBlobStore(root, hadoopConf);
  }

  private static URI withScheme(String uri) {
    try {
      URI place = URI.create(uri);
      if (place.getScheme() != null) {
        return place;
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
