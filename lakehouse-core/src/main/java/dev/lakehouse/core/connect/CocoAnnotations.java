// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a COCO file says about its images, by image id; all of it but the images themselves. */
final class CocoAnnotations {
  private final Map<String, List<String>> captions = new LinkedHashMap<>();
  private final Map<String, String> licences = new LinkedHashMap<>();
  private boolean captionsDeclared;

  private CocoAnnotations() {}

  /**
   * Reads a file to its end and holds captions and ids only.
   *
   * @throws IOException if it is not JSON, or no object with a list {@code images}
   */
  static CocoAnnotations read(JsonParser json) throws IOException {
    CocoAnnotations annotations = new CocoAnnotations();
    boolean images = false;
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("expected a JSON object with a list 'images'");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("annotations") && value == JsonToken.START_ARRAY) {
        annotations.readAnnotations(json);
      } else if (name.equals("licenses") && value == JsonToken.START_ARRAY) {
        annotations.readLicences(json.readValueAsTree());
      } else {
        images |= name.equals("images") && value == JsonToken.START_ARRAY;
        json.skipChildren();
      }
    }
    if (!images) {
      throw new IOException("expected a list 'images' and found none");
    }
    return annotations;
  }

  private void readAnnotations(JsonParser json) throws IOException {
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.START_OBJECT) {
        readAnnotation(json);
      } else {
        json.skipChildren();
      }
    }
  }

  private void readAnnotation(JsonParser json) throws IOException {
    Optional<String> image = Optional.empty();
    Optional<String> caption = Optional.empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals("image_id") && value.isScalarValue()) {
        image = Optional.ofNullable(json.getValueAsString());
      } else if (name.equals("caption")) {
        captionsDeclared = true;
        caption = Optional.ofNullable(json.getValueAsString());
      }
      json.skipChildren();
    }
    if (image.isPresent()) {
      List<String> captionsOfImage = captions.computeIfAbsent(image.get(), id -> new ArrayList<>());
      caption.ifPresent(captionsOfImage::add);
    }
  }

  private void readLicences(JsonNode list) {
    for (JsonNode licence : list) {
      String written = licence.path("url").asText(licence.path("name").asText());
      if (!written.isBlank()) {
        licences.put(licence.path("id").asText(), written);
      }
    }
  }

  /** The captions of an image in the order of the file; they are asked for once. */
  List<String> takeCaptions(String imageId) {
    return Optional.ofNullable(captions.remove(imageId)).orElse(List.of());
  }

  /** Ids that annotations name and that nobody asked for. */
  List<String> rest() {
    return List.copyOf(captions.keySet());
  }

  /** URL of a licence, or its name where it has none. */
  Optional<String> licence(String id) {
    return Optional.ofNullable(licences.get(id));
  }

  /** Whether the file has captions at all; one with boxes only promises none. */
  boolean captionsDeclared() {
    return captionsDeclared;
  }
}
