// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.content;

import dev.lakehouse.core.content.BlobMode;

/**
 * How to ingest.
 *
 * @param blobs whether bytes are copied into the store or stay where they are
 * @param vanished what becomes of assets that the source no longer has
 * @param known whether what is known of content is believed
 */
public record IngestOptions(BlobMode blobs, Vanished vanished, Known known) {

  /** Whether what is known of content is believed. */
  public enum Known {
    /** What is in the state in which it was read, or its server calls unchanged, is not read. */
    BELIEVED,
    /** Everything is read again. */
    READ_AGAIN
  }

  /** What becomes of assets that the source no longer has. */
  public enum Vanished {
    /** They stay. */
    KEEP,
    /** They are marked gone and leave the next release. */
    MARK_GONE
  }

  /** Copies bytes, keeps what vanished and reads what changed. */
  public static IngestOptions defaults() {
    return new IngestOptions(BlobMode.COPY, Vanished.KEEP, Known.BELIEVED);
  }
}
