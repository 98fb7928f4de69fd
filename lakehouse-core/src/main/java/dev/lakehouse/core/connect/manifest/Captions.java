// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ItemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Captions in every form that data sets write them. */
public final class Captions {
  /** Where an object holds the text of a caption. */
  private static final List<String> TEXTS = List.of("text", "caption", "raw");

  private Captions() {}

  /**
   * A text, an object with one, or a list of either. What is null in a list is no caption.
   *
   * @param field names the place for people
   * @throws ItemException MALFORMED_ROW if there is anything else
   */
  public static List<String> of(JsonNode value, String field) throws ItemException {
    List<String> captions = new ArrayList<>();
    collect(value, field, captions);
    return captions;
  }

  private static void collect(JsonNode value, String field, List<String> captions)
      throws ItemException {
    if (Row.isAbsent(value)) {
      return;
    }
    if (value.isArray()) {
      for (JsonNode element : value) {
        collect(element, field, captions);
      }
    } else if (value.isObject()) {
      collect(text(value, field), field, captions);
    } else {
      captions.add(Row.scalar(field, value));
    }
  }

  private static JsonNode text(JsonNode object, String field) throws ItemException {
    Optional<JsonNode> text = TEXTS.stream().filter(object::has).map(object::get).findFirst();
    return text.orElseThrow(
        () ->
            Row.malformed(
                "%s: expected a text, a list of texts, or objects with one of %s"
                    .formatted(field, String.join(", ", TEXTS))));
  }
}
