// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.codec.CodecException;
import dev.lakehouse.core.codec.CodecException.Code;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Turns the images of one reading of a COCO file into items. */
final class CocoItems {
  private static final Set<String> NOT_FACTS = Set.of("id", "file_name", "license");

  private final String uri;
  private final String name;
  private final Folder images;
  private final CocoAnnotations annotations;
  private final Set<String> ids = new HashSet<>();
  private long position = -1;

  CocoItems(String uri, String name, Folder images, CocoAnnotations annotations) {
    this.uri = uri;
    this.name = name;
    this.images = images;
    this.annotations = annotations;
  }

  /** The item of the next image in the list. */
  SourceItem item(JsonNode image) {
    position++;
    String key = "position:" + position;
    try {
      Optional<String> id = id(image);
      key = id.orElse(key);
      String file = images.resolve(fileName(image));
      Offer offer = new Offer.File(file, images.uri(), Code.MISSING_FILE);
      return new SourceItem(name, key, file, offer, description(image, id, file));
    } catch (CodecException e) {
      return refused(key, e.code(), String.valueOf(e.getMessage()));
    }
  }

  /** The ids that were annotated and not in the list. */
  Stream<SourceItem> rest() {
    return annotations.rest().stream()
        .filter(id -> !ids.contains(id))
        .map(id -> refused(id, Code.MISSING_FILE, "Annotations name an image that is not listed"));
  }

  private SourceItem refused(String key, Code code, String why) {
    return new SourceItem(
        name,
        key,
        uri + "#" + UriNames.encode(key),
        new Offer.Refused(code, why),
        Description.none());
  }

  private Optional<String> id(JsonNode image) throws CodecException {
    JsonNode id = image.path("id");
    if (!id.isValueNode() || id.isNull() || id.asText().isBlank()) {
      return Optional.empty();
    }
    if (!ids.add(id.asText())) {
      throw Row.malformed("The id %s belongs to an earlier image".formatted(id.asText()));
    }
    return Optional.of(id.asText());
  }

  private static String fileName(JsonNode image) throws CodecException {
    JsonNode fileName = image.path("file_name");
    if (!fileName.isTextual() || fileName.asText().isBlank()) {
      throw Row.malformed("The image has no file_name");
    }
    return fileName.asText();
  }

  private Description description(JsonNode image, Optional<String> id, String file) {
    Map<String, String> facts = new TreeMap<>();
    image
        .fields()
        .forEachRemaining(
            field -> {
              JsonNode value = field.getValue();
              if (value.isValueNode() && !value.isNull() && !NOT_FACTS.contains(field.getKey())) {
                facts.put(field.getKey(), value.asText());
              }
            });
    return new Description(
        id.map(annotations::takeCaptions).orElse(List.of()),
        annotations.captionsDeclared(),
        Optional.of(UriNames.lastName(file)),
        Optional.empty(),
        annotations.licence(image.path("license").asText()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        facts);
  }
}
