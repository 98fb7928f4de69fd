// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

/** Where the bytes of files stand after ingest. */
public enum BlobMode {
  /** In the blob store; the source may go away. */
  COPY,
  /** Where they are; each reading checks that they have not changed since. */
  REFERENCE
}
