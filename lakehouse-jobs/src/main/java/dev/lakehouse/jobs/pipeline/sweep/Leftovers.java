// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline.sweep;

import java.time.Instant;
import java.util.Optional;

/**
 * What lies somewhere and nobody needs.
 *
 * @param kind what it is
 * @param place URI of the table, index or store that it lies in
 * @param count how many things
 * @param bytes how long they are together
 * @param oldest when the oldest of them was made
 */
public record Leftovers(Kind kind, String place, long count, long bytes, Optional<Instant> oldest) {

  /** What there is of leftovers. */
  public enum Kind {
    /** Blobs that were never whole. */
    UPLOADS("unfinished uploads"),
    /** Blobs that no asset names. */
    BLOBS("blobs that no asset names"),
    /** Listings that a dead ingest had put aside. */
    LISTINGS("listings of dead ingests"),
    /** Data files of a table. */
    DATA_FILES("data files of versions that nobody needs"),
    /** Tags, versions and files of an index. */
    INDEX("tags, versions and files of an index");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }
}
