// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.bundle.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.bundle.description.Checks;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The keys of a file that are understood. Any other may decide what vectors become, so it is
 * refused by name, unless its value switches it off.
 *
 * @param file its name, for people
 * @param applied what is done as it says
 * @param harmless what decides no vector
 */
record KnownKeys(String file, Set<String> applied, Set<String> harmless) {

  /**
   * Looks at all keys.
   *
   * @throws IllegalArgumentException naming one that is not known
   */
  void require(JsonNode config, ImportNotes notes) {
    Checks.check(config.isObject(), "%s: expected an object of keys and values", file);
    config.fields().forEachRemaining(entry -> require(entry, notes));
  }

  private void require(Map.Entry<String, JsonNode> entry, ImportNotes notes) {
    String key = entry.getKey();
    if (applied.contains(key) || harmless.contains(key)) {
      return;
    }
    Checks.check(
        isOff(entry.getValue()),
        "%s: %s is %s, which is not known here and may change vectors: expected one of %s. Remove"
            + " the key if it changes none",
        file,
        key,
        entry.getValue(),
        Stream.concat(applied.stream(), harmless.stream()).sorted().toList());
    notes.add("%s: %s is %s, which changes nothing", file, key, entry.getValue());
  }

  private static boolean isOff(JsonNode value) {
    return value.isNull() || value.isBoolean() && !value.asBoolean();
  }
}
