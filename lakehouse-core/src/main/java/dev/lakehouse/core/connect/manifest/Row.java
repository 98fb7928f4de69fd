// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.connect.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A row of a manifest, seen through a mapping.
 *
 * @param mapping which field plays which role
 * @param fields values by name; JSON null and NaN count as absent in a role
 */
public record Row(RowMapping mapping, Map<String, JsonNode> fields) {

  /** The value of a role as text, an empty one included. */
  public Optional<String> text(Role role) throws ItemException {
    Optional<JsonNode> value = value(role);
    return value.isPresent() ? Optional.of(scalar(role, value.get())) : Optional.empty();
  }

  /** The value of a role that means nothing when it is blank. */
  public Optional<String> filled(Role role) throws ItemException {
    return text(role).filter(value -> !value.isBlank());
  }

  /** The bytes that stand in the field of a role, where they do. */
  Optional<byte[]> bytes(Role role) {
    return value(role)
        .filter(BinaryNode.class::isInstance)
        .map(found -> ((BinaryNode) found).binaryValue());
  }

  /** The id; equal numbers are one id however they are written. */
  Optional<String> id() throws ItemException {
    Optional<JsonNode> value = value(Role.ID);
    return value.isPresent() && value.get() instanceof WrittenNumber number
        ? Optional.of(number.id())
        : filled(Role.ID);
  }

  /** Every caption. An absent one is no caption, an empty one is an empty caption. */
  public List<String> captions() throws ItemException {
    Optional<JsonNode> value = value(Role.CAPTION);
    return value.isPresent() ? Captions.of(value.get(), field(Role.CAPTION)) : List.of();
  }

  /** Every field that plays no role. */
  public Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>();
    fields.forEach(
        (name, value) -> {
          if (!mapping.fields().containsValue(name) && !value.isNull()) {
            facts.put(
                written(name), written(value.isValueNode() ? value.asText() : Json.line(value)));
          }
        });
    return facts;
  }

  /** The text with the halves of pairs, which have no encoding, as JSON writes them. */
  public static String written(String text) {
    if (!holdsHalfAPair(text)) {
      return text;
    }
    StringBuilder written = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.getType(c) == Character.SURROGATE) {
                written.append("\\u%04x".formatted(c));
              } else {
                written.appendCodePoint(c);
              }
            });
    return written.toString();
  }

  /** Pairs are joined by codePoints; a half that is left has no encoding. */
  static boolean holdsHalfAPair(String text) {
    return text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  public static ItemException malformed(String why) {
    return new ItemException(ItemError.MALFORMED_ROW, why);
  }

  /** What has no value: null, and NaN, which Python writes for it. */
  public static boolean isAbsent(JsonNode value) {
    return value.isNull() || value instanceof WrittenNumber number && number.isNaN();
  }

  private Optional<JsonNode> value(Role role) {
    return mapping.field(role).map(fields::get).filter(value -> !isAbsent(value));
  }

  /** The field of a role, in words. */
  String field(Role role) {
    return "Field %s (%s)".formatted(mapping.field(role).orElseThrow(), role.word());
  }

  private String scalar(Role role, JsonNode value) throws ItemException {
    return scalar(field(role), value);
  }

  static String scalar(String field, JsonNode value) throws ItemException {
    if (!value.isValueNode() || value.isNull()) {
      throw malformed("%s: expected a text, found %s".formatted(field, value.getNodeType()));
    }
    if (holdsHalfAPair(value.asText())) {
      throw malformed(field + " holds half a surrogate pair");
    }
    return value.asText();
  }
}
