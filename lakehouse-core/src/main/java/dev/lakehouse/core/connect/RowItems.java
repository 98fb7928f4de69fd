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

/**
 * Turns the rows of one reading of a manifest into items.
 *
 * <p>A row has a text or an image, not both. Its key is its id, or {@code line:<n>} where no id is
 * mapped. What cannot be read as a row is refused under {@code line:<n>}, and so is the second row
 * of an id. A missing or empty caption is taken as it is: judging it is the policy's part.
 */
final class RowItems {
  private final Manifest manifest;
  private final Set<String> ids = new HashSet<>();

  RowItems(Manifest manifest) {
    this.manifest = manifest;
  }

  /**
   * The item of a row.
   *
   * @param line where the row begins, from 1
   * @param fields values by name
   */
  SourceItem item(long line, Map<String, JsonNode> fields) {
    Row row = new Row(manifest.mapping(), fields);
    String key = lineKey(line);
    try {
      key = key(row).orElse(key);
      Offer offer = offer(row);
      String uri = offer instanceof Offer.File file ? file.uri() : uri(key);
      return new SourceItem(manifest.name(), key, uri, offer, description(row, offer));
    } catch (CodecException e) {
      return refused(key, new Offer.Refused(e.code(), String.valueOf(e.getMessage())));
    }
  }

  /** The item of what is no row. */
  SourceItem malformed(long line, String why) {
    return refused(lineKey(line), new Offer.Refused(Code.MALFORMED_ROW, why));
  }

  private SourceItem refused(String key, Offer.Refused why) {
    return new SourceItem(manifest.name(), key, uri(key), why, Description.none());
  }

  private static String lineKey(long line) {
    return "line:" + line;
  }

  private String uri(String key) {
    return manifest.uri() + "#" + UriNames.encode(key);
  }

  private Optional<String> key(Row row) throws CodecException {
    if (manifest.mapping().field(Role.ID).isEmpty()) {
      return Optional.empty();
    }
    String id = row.filled(Role.ID).orElseThrow(() -> Row.malformed("The row has no id"));
    if (!ids.add(id)) {
      throw Row.malformed("The id '%s' stood in an earlier row".formatted(id));
    }
    return Optional.of(id);
  }

  private Offer offer(Row row) throws CodecException {
    Optional<String> text = row.text(Role.TEXT);
    Optional<String> image = row.filled(Role.IMAGE);
    if (text.isPresent() && image.isPresent()) {
      throw Row.malformed("The row has both a text and an image");
    }
    if (text.isPresent()) {
      return new Offer.Text(text.get());
    }
    String path = image.orElseThrow(() -> Row.malformed("The row has no content: " + missing()));
    return new Offer.File(manifest.root().resolve(path), manifest.root().uri(), Code.MISSING_FILE);
  }

  private String missing() {
    return manifest.mapping().content().fields().entrySet().stream()
            .filter(field -> field.getKey() != Role.ID)
            .map(field -> "%s (%s)".formatted(field.getValue(), field.getKey().word()))
            .sorted()
            .reduce((a, b) -> a + " and " + b)
            .orElseThrow()
        + " absent, null or empty";
  }

  private Description description(Row row, Offer offer) throws CodecException {
    Optional<String> title = row.filled(Role.TITLE);
    if (title.isEmpty() && offer instanceof Offer.File file) {
      title = Optional.of(UriNames.lastName(file.uri()));
    }
    boolean image = offer instanceof Offer.File;
    return new Description(
        image ? row.captions() : List.of(),
        image && manifest.mapping().field(Role.CAPTION).isPresent(),
        title,
        row.filled(Role.LANG),
        row.filled(Role.LICENCE),
        row.filled(Role.CONSENT),
        row.filled(Role.SENSITIVITY),
        row.filled(Role.GROUP),
        row.facts());
  }
}
