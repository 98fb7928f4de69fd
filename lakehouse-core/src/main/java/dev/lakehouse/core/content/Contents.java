// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.connect.SourceFile;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/** Reads the content of assets back, each byte checked against the name it is kept under. */
public final class Contents implements Serializable {
  private static final long serialVersionUID = 1L;

  private final BlobStore blobs;
  private final HashMap<String, String> hadoopConf;
  private final long maxBytes;

  /**
   * A reader over a store.
   *
   * @param hadoopConf Hadoop settings for referenced blobs
   * @param maxBytes of one content that is held in memory
   */
  public Contents(BlobStore blobs, Map<String, String> hadoopConf, long maxBytes) {
    this.blobs = blobs;
    this.hadoopConf = new HashMap<>(hadoopConf);
    this.maxBytes = Math.min(maxBytes, Integer.MAX_VALUE - 9);
  }

  /** Opens a content; whether it is there shows when it is read. */
  public Opened open(Content content) {
    return new Opened(stored(content), maxBytes);
  }

  /**
   * All bytes of a content; for a text its UTF-8 bytes.
   *
   * @throws ItemException as {@link Opened#bytes}
   */
  public byte[] bytes(Content content) throws ItemException {
    try (Opened opened = open(content)) {
      return opened.bytes();
    }
  }

  private StoredBytes stored(Content content) {
    if (content.text().isPresent()) {
      return new InlineBytes(content.text().get());
    }
    String blob = content.blob().orElseThrow();
    return content
        .blobUri()
        .<StoredBytes>map(uri -> new ReferencedBytes(new SourceFile(uri, hadoopConf), uri, blob))
        .orElseGet(() -> new BlobBytes(blobs, blob));
  }
}
