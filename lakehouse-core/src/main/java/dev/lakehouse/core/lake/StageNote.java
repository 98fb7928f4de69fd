// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * What a commit of ours says of itself, as those read it who only look.
 *
 * @param note the JSON in the user metadata of the commit
 */
public record StageNote(JsonNode note) {

  /** Whether a stage made the commit. */
  public boolean is(String stage) {
    return note.path("stage").asText().equals(stage);
  }

  /** The value of a mark, if the note has it. */
  public Optional<String> find(String mark) {
    return Optional.ofNullable(note.path("marks").get(mark)).map(JsonNode::asText);
  }

  /** Versions of the tables that it was computed from, by name. */
  public Map<String, Long> inputs() {
    Map<String, Long> inputs = new HashMap<>();
    note.path("inputs")
        .fields()
        .forEachRemaining(input -> inputs.put(input.getKey(), input.getValue().asLong()));
    return inputs;
  }

  /** The newest that fits, as far as the log goes back. */
  static Optional<StageNote> last(
      String table, long newest, Configuration hadoop, Predicate<StageNote> fits) {
    try {
      for (long version = newest; version >= 0; version--) {
        Path commit = new Path(table, "_delta_log/%020d.json".formatted(version));
        Optional<StageNote> note = read(commit, hadoop).filter(fits);
        if (note.isPresent()) {
          return note;
        }
      }
      return Optional.empty();
    } catch (FileNotFoundException e) {
      return Optional.empty(); // Delta removes the oldest commits
    } catch (IOException e) {
      throw LakehouseException.because(
          e, ErrorCode.TRANSIENT, "Cannot read the log of %s: %s", table, e.getMessage());
    }
  }

  private static Optional<StageNote> read(Path commit, Configuration hadoop) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                commit.getFileSystem(hadoop).open(commit), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("{\"commitInfo\"")) {
          String said = Json.mapper().readTree(line).at("/commitInfo/userMetadata").asText("");
          return Optional.of(new StageNote(parse(said)));
        }
      }
      return Optional.empty();
    }
  }

  private static JsonNode parse(String said) {
    try {
      JsonNode node = Json.mapper().readTree(said);
      return node == null ? MissingNode.getInstance() : node;
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance(); // somebody else's words
    }
  }
}
