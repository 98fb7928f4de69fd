// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.lake.Kept;
import dev.lakehouse.jobs.lake.delta.CommitNote;
import java.util.List;
import java.util.Optional;

/**
 * What a release is made of, as its commit says it beside its row: enough to compute its id again.
 *
 * @param parts whose digest the id is
 * @param kept what was in force when it was made
 */
public record ReleaseOrigin(List<String> parts, Kept kept) {
  /** The mark of the sequence that a commit added. */
  private static final String SEQUENCE = "sequence";

  private static final String PARTS = "made-of";
  private static final String KEPT = "in-force";

  public ReleaseOrigin {
    parts = List.copyOf(parts);
  }

  /** The id that the parts give. */
  public String id() {
    return Digests.ofParts(parts);
  }

  CommitNote mark(CommitNote note, long sequence) {
    return note.mark(SEQUENCE, Long.toString(sequence))
        .mark(PARTS, Json.line(parts))
        .mark(KEPT, Json.line(kept));
  }

  static boolean isOf(CommitNote note, long sequence) {
    return note.find(SEQUENCE).equals(Optional.of(Long.toString(sequence)));
  }

  /** The origin that a note tells; empty where it was written before releases had one. */
  static Optional<ReleaseOrigin> of(CommitNote note) {
    return note.find(PARTS).flatMap(parts -> note.find(KEPT).map(kept -> parse(parts, kept)));
  }

  private static ReleaseOrigin parse(String parts, String kept) {
    try {
      return new ReleaseOrigin(
          List.of(Json.mapper().readValue(parts, String[].class)),
          Json.mapper().readValue(kept, Kept.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not the origin of a release: " + parts, e);
    }
  }
}
