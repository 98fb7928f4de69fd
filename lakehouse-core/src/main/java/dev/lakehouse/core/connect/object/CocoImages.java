// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.object;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.connect.manifest.Reading;
import java.io.IOException;
import java.util.Optional;

/** The list {@code images} of a COCO file, one element at a time. */
final class CocoImages implements Reading<JsonNode> {
  private final JsonParser json;

  CocoImages(JsonParser json) throws IOException {
    this.json = json;
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean images = json.currentName().equals("images");
      if (json.nextToken() == JsonToken.START_ARRAY && images) {
        return;
      }
      json.skipChildren();
    }
    throw new IOException("the list 'images' is gone");
  }

  @Override
  public Optional<JsonNode> next() throws IOException {
    return json.nextToken() == JsonToken.END_ARRAY
        ? Optional.empty()
        : Optional.of(JsonReading.tree(json));
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
