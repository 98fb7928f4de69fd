// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.LakehouseException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Which lake it is: {@code lake.json} in its root, drawn once and never changed. It is part of the
 * ids of judgements and releases, so that those of two lakes are never the same.
 *
 * @param id 32 hex digits
 */
public record LakeIdentity(String id) {
  /** Name of the file below the root; a folder that holds it is a lake. */
  public static final String FILE = "lake.json";

  private static final String ID = "lake";

  /**
   * The identity of a lake; empty where there is no lake, or no command of now ever wrote to it.
   */
  public static Optional<LakeIdentity> find(LakeLayout layout, Configuration hadoop) {
    FirstFile file = file(layout, hadoop);
    return file.read().map(text -> parse(file.path(), text));
  }

  /**
   * The identity of a lake, which gets one now if it has none. Of several commands at once all get
   * the same.
   */
  public static LakeIdentity of(LakeLayout layout, Configuration hadoop) {
    return find(layout, hadoop)
        .orElseGet(
            () -> {
              file(layout, hadoop).put(Json.pretty(drawn()) + "\n");
              return find(layout, hadoop)
                  .orElseThrow(() -> damaged(file(layout, hadoop).path(), "nothing"));
            });
  }

  private static Map<String, String> drawn() {
    Map<String, String> said = new TreeMap<>();
    said.put(ID, UUID.randomUUID().toString().replace("-", ""));
    said.put("since", Instant.now().toString());
    return said;
  }

  private static FirstFile file(LakeLayout layout, Configuration hadoop) {
    return new FirstFile(new Path(layout.root(), FILE), hadoop);
  }

  private static LakeIdentity parse(Path file, String text) {
    try {
      String id = Json.mapper().readTree(text).path(ID).asText();
      if (id.matches("[0-9a-f]{32}")) {
        return new LakeIdentity(id);
      }
    } catch (JsonProcessingException e) {
      throw damaged(file, text);
    }
    throw damaged(file, text);
  }

  private static LakehouseException damaged(Path file, String found) {
    return LakehouseException.of(
        ErrorCode.INTEGRITY,
        "Cannot tell which lake this is: expected %s to say {\"%s\": \"<32 hex digits>\"} but found"
            + " '%s'. Put the original file back; the ids of releases are made with it",
        file,
        ID,
        found.length() > 80 ? found.substring(0, 80) + "…" : found.strip());
  }
}
