// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.content;

import dev.lakehouse.core.content.BlobMode;

/**
 * How to ingest.
 *
 * @param blobs whether bytes are copied into the store or stay where they are
 * @param vanished what becomes of assets that the source no longer has
 */
public record IngestOptions(BlobMode blobs, Vanished vanished) {

  /** What becomes of assets that the source no longer has. */
  public enum Vanished {
    /** They stay. */
    KEEP,
    /** They are marked gone and leave the next release. */
    MARK_GONE
  }

  /** Copies bytes and keeps what vanished. */
  public static IngestOptions defaults() {
    return new IngestOptions(BlobMode.COPY, Vanished.KEEP);
  }
}
