// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.object;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.connect.manifest.Captions;
import dev.lakehouse.core.connect.manifest.Row;
import dev.lakehouse.core.connect.manifest.WrittenNumber;
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
  private final Map<Long, String> refused = new LinkedHashMap<>();
  private long annotations;
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
        annotations.readLicences(JsonReading.tree(json));
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
    long position = annotations++;
    Optional<String> image = Optional.empty();
    List<String> texts = List.of();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals("image_id")) {
        image = id(JsonReading.tree(json));
      } else if (name.equals("caption")) {
        captionsDeclared = true;
        texts = captions(position, JsonReading.tree(json));
      } else {
        json.skipChildren();
      }
    }
    if (image.isPresent()) {
      captions.computeIfAbsent(image.get(), id -> new ArrayList<>()).addAll(texts);
    }
  }

  private List<String> captions(long position, JsonNode caption) {
    try {
      return Captions.of(caption, "Caption of annotation %d".formatted(position));
    } catch (ItemException e) {
      refused.put(position, String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  /** The id in a field; equal numbers are one, 1 and 1.0 too. */
  static Optional<String> id(JsonNode value) {
    if (!value.isValueNode() || Row.isAbsent(value) || value.asText().isBlank()) {
      return Optional.empty();
    }
    return Optional.of(value instanceof WrittenNumber number ? number.id() : value.asText());
  }

  private void readLicences(JsonNode list) {
    for (JsonNode licence : list) {
      String written = licence.path("url").asText(licence.path("name").asText());
      if (!written.isBlank()) {
        id(licence.path("id")).ifPresent(id -> licences.put(id, written));
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

  /** Why an annotation has no caption that could be taken, by its position from 0. */
  Map<Long, String> refused() {
    return refused;
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
