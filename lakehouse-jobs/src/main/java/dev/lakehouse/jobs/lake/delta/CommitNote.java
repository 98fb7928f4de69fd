// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.core.Json;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a commit of ours says about itself, as JSON in the user metadata of the Delta log.
 *
 * @param commit unlike that of any other commit, so that a commit whose acknowledgement was lost
 *     can be found
 * @param run the run that made it
 * @param stage the stage that made it
 * @param inputs versions of the tables that the whole of its stage's work was computed from; empty
 *     while part of that work is still to come
 * @param marks anything else that the stage looks up again, such as the judgement or the release
 */
public record CommitNote(
    String commit, String run, String stage, Map<String, Long> inputs, Map<String, String> marks) {

  public CommitNote(
      @JsonProperty("commit") String commit,
      @JsonProperty("run") String run,
      @JsonProperty("stage") String stage,
      @JsonProperty("inputs") @Nullable Map<String, Long> inputs,
      @JsonProperty("marks") @Nullable Map<String, String> marks) {
    this.commit = commit;
    this.run = run;
    this.stage = stage;
    this.inputs = inputs == null ? Map.of() : new TreeMap<>(inputs);
    this.marks = marks == null ? Map.of() : new TreeMap<>(marks);
  }

  /** A note without inputs or marks. */
  public static CommitNote of(String run, String stage) {
    return new CommitNote(UUID.randomUUID().toString(), run, stage, Map.of(), Map.of());
  }

  /** The same note, saying that all its stage's work up to these versions is done. */
  public CommitNote from(Map<String, Long> versions) {
    return new CommitNote(commit, run, stage, versions, marks);
  }

  /** The same note with one mark more. */
  public CommitNote mark(String name, String value) {
    Map<String, String> more = new TreeMap<>(marks);
    more.put(name, value);
    return new CommitNote(commit, run, stage, inputs, more);
  }

  /** The value of a mark, if the note has it. */
  public Optional<String> find(String mark) {
    return Optional.ofNullable(marks.get(mark));
  }

  String toJson() {
    return Json.line(this);
  }

  /** The note in a commit's user metadata; empty where the commit is not one of ours. */
  static Optional<CommitNote> parse(String userMetadata) {
    try {
      CommitNote note = Json.mapper().readValue(userMetadata, CommitNote.class);
      return note.commit == null || note.stage == null ? Optional.empty() : Optional.of(note);
    } catch (JsonProcessingException e) {
      return Optional.empty(); // somebody else's words
    }
  }
}
