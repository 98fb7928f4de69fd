// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The content of an asset: a text in its row, or a blob.
 *
 * @param text inline text
 * @param blob SHA-256 of the blob
 * @param blobUri where a referenced blob is; empty for one in the store
 */
public record Content(Optional<String> text, Optional<String> blob, Optional<String> blobUri) {

  public Content {
    if (text.isPresent() == blob.isPresent()) {
      throw new IllegalArgumentException(
          "Content is either a text or a blob, found " + (blob.isPresent() ? "both" : "neither"));
    }
  }

  /** The content that the columns {@code text}, {@code blob} and {@code blob_uri} hold. */
  public static Content ofColumns(
      @Nullable String text, @Nullable String blob, @Nullable String blobUri) {
    return new Content(
        Optional.ofNullable(text), Optional.ofNullable(blob), Optional.ofNullable(blobUri));
  }
}
