// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.object;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.connect.Description;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Place;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.UriNames;
import dev.lakehouse.core.connect.folder.FileNames;
import dev.lakehouse.core.connect.folder.Folder;
import dev.lakehouse.core.connect.manifest.Row;
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
  private final FileNames names;
  private final Folder images;
  private final CocoAnnotations annotations;
  private long position;

  CocoItems(String uri, String name, Folder images, FileNames names, CocoAnnotations annotations) {
    this.uri = uri;
    this.name = name;
    this.images = images;
    this.names = names;
    this.annotations = annotations;
  }

  /** The item of the next image in the list. */
  SourceItem item(JsonNode image) {
    Place place = Place.position(uri, position++);
    Optional<String> id = CocoAnnotations.id(image.path("id"));
    List<String> captions = id.map(annotations::takeCaptions).orElse(List.of());
    String key = id.orElse(place.key());
    try {
      String file = names.find(fileName(image));
      Offer offer = new Offer.File(file, images.uri(), ItemError.MISSING_FILE);
      return new SourceItem(name, key, file, offer, description(image, captions, file), place);
    } catch (ItemException e) {
      return refused(key, place, e.code(), String.valueOf(e.getMessage()));
    }
  }

  /** What was annotated and not in the list, and the captions that could not be taken. */
  Stream<SourceItem> rest() {
    Stream<SourceItem> unlisted =
        annotations.rest().stream()
            .map(
                id ->
                    refused(
                        id,
                        Place.position(uri, position++),
                        ItemError.MISSING_FILE,
                        "Annotations name an image that is not listed"));
    Stream<SourceItem> refused =
        annotations.refused().entrySet().stream()
            .map(
                entry -> {
                  Place place = new Place(uri, "annotation", entry.getKey());
                  return refused(place.key(), place, ItemError.MALFORMED_ROW, entry.getValue());
                });
    return Stream.concat(unlisted, refused);
  }

  private SourceItem refused(String key, Place place, ItemError code, String why) {
    return new SourceItem(
        name,
        key,
        uri + "#" + UriNames.encode(key),
        new Offer.Refused(code, why),
        Description.none(),
        place);
  }

  private static String fileName(JsonNode image) throws ItemException {
    JsonNode fileName = image.path("file_name");
    if (!fileName.isTextual() || fileName.asText().isBlank()) {
      throw Row.malformed("The image has no file_name");
    }
    return fileName.asText();
  }

  private Description description(JsonNode image, List<String> captions, String file) {
    Map<String, String> facts = new TreeMap<>();
    image
        .fields()
        .forEachRemaining(
            field -> {
              JsonNode value = field.getValue();
              if (value.isValueNode() && !value.isNull() && !NOT_FACTS.contains(field.getKey())) {
                facts.put(Row.written(field.getKey()), Row.written(value.asText()));
              }
            });
    return new Description(
        captions,
        annotations.captionsDeclared(),
        Optional.of(UriNames.lastName(file)),
        Optional.empty(),
        CocoAnnotations.id(image.path("license")).flatMap(annotations::licence),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        facts);
  }
}
