// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch.settled;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.jobs.lake.delta.WholeFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The point that the last whole run left a lake at.
 *
 * @param asked digest of what it went by
 * @param tables version of each table that exists
 * @param answer what the same run would answer next, but for its sources and where the lake stands
 */
public record Settled(String asked, Map<String, Long> tables, JsonNode answer) {

  /** Whether a run that goes by the same would find the lake as that one left it. */
  public boolean holds(Map<String, Long> now) {
    return tables.equals(now);
  }

  /** Whether a run goes by what that one went by. */
  public boolean isOf(String digest) {
    return asked.equals(digest);
  }

  /** The note of a lake; none where no run left one that can be read. */
  public static Optional<Settled> find(LakeLayout layout, Configuration hadoop) {
    Path file = new Path(layout.settled());
    ObjectMapper json = Json.mapper();
    try (InputStream in = file.getFileSystem(hadoop).open(file)) {
      JsonNode note = json.readTree(in);
      Map<String, Long> tables =
          json.convertValue(
              note.path("tables"),
              json.getTypeFactory().constructMapType(Map.class, String.class, Long.class));
      return tables == null || !note.path("answer").isObject()
          ? Optional.empty()
          : Optional.of(new Settled(note.path("asked").asText(), tables, note.path("answer")));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // then the run looks for itself
    }
  }

  /**
   * Leaves the note in a lake, in place of the one before.
   *
   * @throws IOException if it cannot; the next run looks for itself then
   */
  public void leave(LakeLayout layout, Configuration hadoop) throws IOException {
    ObjectNode note = Json.mapper().createObjectNode();
    note.put("asked", asked);
    note.set("tables", Json.mapper().valueToTree(tables));
    note.set("answer", answer);
    Path file = new Path(layout.settled());
    new WholeFile(file.getFileSystem(hadoop), file).write(Json.pretty(note));
  }
}
