// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.connect.Description;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.Place;
import dev.lakehouse.core.connect.Role;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.connect.UriNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the rows of one reading of a manifest into items.
 *
 * <p>A row has a text or an image, not both. Its key is its id; where no id is mapped, the path of
 * its image below the root, or {@code line:<n>} for a text. Rows of one key or of one image are
 * parts of one item. What cannot be read as a row is refused under {@code line:<n>}. A missing or
 * empty caption is taken as it is: judging it is the policy's part.
 */
public final class RowItems {
  private final Manifest manifest;
  private final References references;

  /**
   * Rows of a manifest.
   *
   * @param references what they mean where they name content that is elsewhere
   */
  public RowItems(Manifest manifest, References references) {
    this.manifest = manifest;
    this.references = references;
  }

  /**
   * The item of a row.
   *
   * @param place where the row begins
   * @param fields values by name
   */
  public SourceItem item(Place place, Map<String, JsonNode> fields) {
    Row row = new Row(manifest.mapping(), fields);
    String key = place.key();
    try {
      boolean named = manifest.mapping().field(Role.ID).isPresent();
      key = named ? row.id().orElseThrow(() -> Row.malformed("The row has no id")) : key;
      Offer offer = offer(row, place);
      Optional<String> elsewhere = offer.elsewhere();
      key = named ? key : elsewhere.map(references::key).orElse(key);
      String uri = elsewhere.orElse(uri(key));
      return item(key, uri, offer, description(row, offer), place);
    } catch (ItemException e) {
      return refused(key, new Offer.Refused(e.code(), String.valueOf(e.getMessage())), place);
    }
  }

  /** The item of what is no row. */
  public SourceItem malformed(Place place, String why) {
    return refused(place.key(), new Offer.Refused(ItemError.MALFORMED_ROW, why), place);
  }

  private SourceItem refused(String key, Offer.Refused why, Place place) {
    return item(key, uri(key), why, Description.none(), place);
  }

  private SourceItem item(
      String key, String uri, Offer offer, Description description, Place place) {
    return new SourceItem(manifest.name(), key, uri, offer, description, place);
  }

  private String uri(String key) {
    return manifest.uri() + "#" + UriNames.encode(key);
  }

  private Offer offer(Row row, Place place) throws ItemException {
    Optional<byte[]> bytes = row.bytes(Role.IMAGE);
    if (bytes.isPresent()) {
      if (row.filled(Role.TEXT).isPresent()) {
        throw Row.malformed("The row has both a text and an image");
      }
      return new Offer.Bytes(bytes.get());
    }
    Optional<String> image = row.filled(Role.IMAGE);
    Optional<String> text =
        row.text(Role.TEXT).filter(found -> image.isEmpty() || !found.isBlank());
    if (text.isPresent() && image.isPresent()) {
      throw Row.malformed("The row has both a text and an image");
    }
    if (text.isPresent()) {
      return new Offer.Text(text.get());
    }
    String path = image.orElseThrow(() -> Row.malformed("The row has no content: " + missing()));
    return references.offer(path, row.field(Role.IMAGE), place);
  }

  /** The last name of a path; a query is none of it. */
  private static Optional<String> name(String uri) {
    return Optional.of(UriNames.lastName(uri.replaceFirst("\\?.*$", "")))
        .filter(name -> !name.isBlank());
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

  private Description description(Row row, Offer offer) throws ItemException {
    Optional<String> title =
        row.filled(Role.TITLE).or(() -> offer.elsewhere().flatMap(RowItems::name));
    boolean image = !(offer instanceof Offer.Text);
    Map<String, String> facts = row.facts();
    row.filled(Role.TRANSCRIPT).ifPresent(said -> facts.put(Role.TRANSCRIPT.word(), said));
    return new Description(
        image ? row.captions() : List.of(),
        image && manifest.mapping().field(Role.CAPTION).isPresent(),
        title,
        row.filled(Role.LANG),
        row.filled(Role.LICENCE),
        row.filled(Role.CONSENT),
        row.filled(Role.SENSITIVITY),
        row.filled(Role.GROUP),
        facts);
  }
}
