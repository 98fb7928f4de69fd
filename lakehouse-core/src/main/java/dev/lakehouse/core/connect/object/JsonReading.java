// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.object;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.connect.manifest.Row;
import dev.lakehouse.core.connect.manifest.WrittenNumber;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * JSON as other people's programs write it: numbers keep their digits, and NaN and Infinity are
 * numbers.
 */
public final class JsonReading {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build()
          .setCodec(Json.mapper());

  private Optional<String> twice = Optional.empty();

  private JsonReading() {}

  static JsonParser parser(String text) throws IOException {
    return FACTORY.createParser(text);
  }

  static JsonParser parser(InputStream in) throws IOException {
    return FACTORY.createParser(in);
  }

  /**
   * The one object that a text holds, as its fields.
   *
   * @throws ItemException MALFORMED_ROW if it is anything else
   */
  public static Map<String, JsonNode> fields(String text) throws ItemException {
    try (JsonParser json = parser(text)) {
      if (json.nextToken() == null) {
        throw Row.malformed("Not JSON: nothing is there");
      }
      Map<String, JsonNode> fields = fields(json);
      if (json.nextToken() != null) {
        throw Row.malformed("Not JSON: more stands after the object");
      }
      return fields;
    } catch (JsonProcessingException e) {
      throw Row.malformed("Not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw Row.malformed("Not JSON: " + e.getMessage());
    }
  }

  /**
   * The object that begins at the current token, as its fields; the parser stands at its end, also
   * when it is refused.
   *
   * @throws ItemException MALFORMED_ROW if it is no object, or if a name stands twice in it
   * @throws IOException if it is not JSON
   */
  static Map<String, JsonNode> fields(JsonParser json) throws IOException, ItemException {
    JsonReading reading = new JsonReading();
    JsonNode row = reading.value(json);
    if (reading.twice.isPresent()) {
      throw Row.malformed("The name '%s' stands twice".formatted(reading.twice.get()));
    }
    if (!row.isObject()) {
      throw Row.malformed("Expected a JSON object, found " + row.getNodeType());
    }
    Map<String, JsonNode> fields = new TreeMap<>();
    row.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
    return fields;
  }

  /** The value that begins at the current token; of a name that stands twice the last. */
  static JsonNode tree(JsonParser json) throws IOException {
    return new JsonReading().value(json);
  }

  private JsonNode value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> array(json);
      case VALUE_STRING -> TextNode.valueOf(json.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new WrittenNumber(json.getText());
      case VALUE_TRUE, VALUE_FALSE -> BooleanNode.valueOf(json.getBooleanValue());
      default -> NullNode.getInstance();
    };
  }

  private JsonNode object(JsonParser json) throws IOException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (object.replace(name, value(json)) != null) {
        twice = Optional.of(name);
      }
    }
    return object;
  }

  private JsonNode array(JsonParser json) throws IOException {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(json));
    }
    return array;
  }
}
