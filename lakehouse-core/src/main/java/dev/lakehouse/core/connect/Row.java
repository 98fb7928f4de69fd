// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.codec.CodecException;
import dev.lakehouse.core.codec.CodecException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A row of a manifest, seen through a mapping.
 *
 * @param mapping which field plays which role
 * @param fields values by name; JSON null counts as absent
 */
record Row(RowMapping mapping, Map<String, JsonNode> fields) {

  /** The value of a role as text, an empty one included. */
  Optional<String> text(Role role) throws CodecException {
    Optional<JsonNode> value = value(role);
    return value.isPresent() ? Optional.of(scalar(role, value.get())) : Optional.empty();
  }

  /** The value of a role that means nothing when it is blank. */
  Optional<String> filled(Role role) throws CodecException {
    return text(role).filter(value -> !value.isBlank());
  }

  /** One text or a list of them. An absent one is no caption, an empty one is an empty caption. */
  List<String> captions() throws CodecException {
    Optional<JsonNode> value = value(Role.CAPTION);
    if (value.isEmpty() || !value.get().isArray()) {
      return text(Role.CAPTION).map(List::of).orElse(List.of());
    }
    List<String> captions = new ArrayList<>();
    for (JsonNode caption : value.get()) {
      captions.add(scalar(Role.CAPTION, caption));
    }
    return captions;
  }

  /** Every field that plays no role. */
  Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>();
    fields.forEach(
        (name, value) -> {
          if (!mapping.fields().containsValue(name) && !value.isNull()) {
            facts.put(name, value.isValueNode() ? value.asText() : Json.line(value));
          }
        });
    return facts;
  }

  static CodecException malformed(String why) {
    return new CodecException(Code.MALFORMED_ROW, why);
  }

  private Optional<JsonNode> value(Role role) {
    return mapping.field(role).map(fields::get).filter(value -> !value.isNull());
  }

  private String scalar(Role role, JsonNode value) throws CodecException {
    String field = "Field %s (%s)".formatted(mapping.field(role).orElseThrow(), role.word());
    if (!value.isValueNode() || value.isNull()) {
      throw malformed("%s: expected a text, found %s".formatted(field, value.getNodeType()));
    }
    String text = value.asText();
    // pairs are joined by codePoints; a half that is left has no encoding
    if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
      throw malformed(field + " holds half a surrogate pair");
    }
    return text;
  }
}
