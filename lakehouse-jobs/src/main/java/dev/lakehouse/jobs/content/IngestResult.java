// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.content;

import java.util.Map;

/**
 * What ingest did.
 *
 * @param source name of the source
 * @param seen items that the source has; each is an asset or a dead letter
 * @param added assets that are new
 * @param updated assets whose content or description changed
 * @param unchanged assets that are as they were
 * @param unread those of them that were not read, being in the state in which they were before
 * @param deadLetters items that never became an asset this time
 * @param gone assets that were marked gone
 * @param passedOver what the source holds that nobody means, by kind: lakes, version control, what
 *     systems leave behind
 * @param reading how the source was understood, by name: of a Delta table the version that was read
 */
public record IngestResult(
    String source,
    long seen,
    long added,
    long updated,
    long unchanged,
    long unread,
    long deadLetters,
    long gone,
    Map<String, Long> passedOver,
    Map<String, String> reading) {

  /** What a second ingest of the same source does if nothing of it changes: nothing. */
  public IngestResult again() {
    return new IngestResult(
        source, seen, 0, 0, seen - deadLetters, unread, deadLetters, 0, passedOver, reading);
  }

  /** What this and then a second ingest of the same source did. */
  public IngestResult then(IngestResult second) {
    long newer = added + second.added;
    long other = updated + second.updated;
    return new IngestResult(
        source,
        second.seen,
        newer,
        other,
        second.seen - second.deadLetters - newer - other,
        second.unread,
        second.deadLetters,
        gone + second.gone,
        second.passedOver,
        second.reading);
  }
}
