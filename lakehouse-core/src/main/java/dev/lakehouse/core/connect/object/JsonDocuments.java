// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.object;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.connect.Place;
import dev.lakehouse.core.connect.manifest.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * Objects that are not one a line: the elements of one array, or documents one after the other,
 * over as many lines as they like. What is not JSON ends the reading, since nobody could say where
 * the next one begins.
 */
final class JsonDocuments implements Reading<JsonDocuments.Found> {
  private final JsonParser json;
  private final String uri;
  private long position;
  private boolean array;

  JsonDocuments(InputStream utf8, String uri) throws IOException {
    this.uri = uri;
    this.json = JsonReading.parser(utf8);
  }

  /**
   * An object, or why it is none.
   *
   * @param place in the list, from 0
   * @param fields its fields
   * @param error why there are none
   */
  record Found(Place place, Map<String, JsonNode> fields, Optional<String> error) {}

  @Override
  public Optional<Found> next() throws IOException {
    JsonToken token = json.nextToken();
    if (token == JsonToken.START_ARRAY && !array) {
      array = true;
      token = json.nextToken();
    }
    if (token == JsonToken.END_ARRAY) {
      array = false; // another may follow
      return next();
    }
    return token == null ? Optional.empty() : Optional.of(found());
  }

  private Found found() throws IOException {
    Place place = Place.position(uri, position++);
    int line = json.getTokenLocation().getLineNr();
    try {
      return new Found(place, JsonReading.fields(json), Optional.empty());
    } catch (ItemException e) {
      return new Found(
          place, Map.of(), Optional.of("%s (line %d)".formatted(e.getMessage(), line)));
    }
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
