// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import static dev.lakehouse.core.Column.optional;
import static dev.lakehouse.core.Column.required;
import static dev.lakehouse.core.ColumnType.Scalar.BIGINT;
import static dev.lakehouse.core.ColumnType.Scalar.BINARY;
import static dev.lakehouse.core.ColumnType.Scalar.BOOLEAN;
import static dev.lakehouse.core.ColumnType.Scalar.STRING;

import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.ColumnType.StringMap;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One thing that a source offers.
 *
 * @param source name of the source
 * @param key relative path with {@code /}, record id, or {@code line:<n>}; items that share one are
 *     parts of one
 * @param sourceUri where it is
 * @param offer its content, or why there is none
 * @param description what else the source says
 * @param place where in the source it stands
 */
public record SourceItem(
    String source,
    String key,
    String sourceUri,
    Offer offer,
    Description description,
    Place place) {

  /** An item as plain columns, the form in which it travels to an executor. */
  public static final Table TABLE =
      new Table(
          "source_items",
          List.of(
              required("source", STRING, "name of the source"),
              required("key", STRING, "relative path, record id, or line:<n>"),
              required("source_uri", STRING, "where it is"),
              optional("file_uri", STRING, "file to read"),
              optional("file_root", STRING, "folder that the file must really lie below"),
              optional("when_missing", STRING, "code of an item whose file is not there"),
              optional("listed", STRING, "mark of the state in which the file was listed"),
              optional("url", STRING, "what is to be fetched"),
              optional("url_field", STRING, "field of the list that names it"),
              optional("text", STRING, "content that stood in a manifest"),
              optional("stored_sha256", STRING, "content that the store has"),
              optional("stored_name", STRING, "what that is called"),
              optional("bytes", BINARY, "content that stood in a table"),
              optional("refused_code", STRING, "why there is no content"),
              optional("refused_message", STRING, "the same for people"),
              required("captions", new ArrayOf(STRING), "texts about an image"),
              required("captions_declared", BOOLEAN, "whether the source promises captions"),
              optional("title", STRING, "a short name for people"),
              optional("language", STRING, "ISO 639, as the source writes it"),
              optional("licence", STRING, "as the source writes it"),
              optional("consent", STRING, "as the source writes it"),
              optional("sensitivity", STRING, "as the source writes it"),
              optional("group_id", STRING, "items that belong together"),
              required("facts", new StringMap(), "everything else"),
              required("place_file", STRING, "file that counts"),
              required("place_word", STRING, "what is counted: line, position"),
              required("place_number", BIGINT, "which one; orders the items")),
          List.of("source", "key"));

  /** An item of a source that counts nothing. */
  public SourceItem(
      String source, String key, String sourceUri, Offer offer, Description description) {
    this(source, key, sourceUri, offer, description, Place.none());
  }

  /** The same item, saying something else. */
  SourceItem saying(Description other) {
    return new SourceItem(source, key, sourceUri, offer, other, place);
  }

  /** The item as a row of {@link #TABLE}. */
  public Values toValues() {
    Values values =
        Values.of(TABLE).set("source", source).set("key", key).set("source_uri", sourceUri);
    if (offer instanceof Offer.File file) {
      values.set("file_uri", file.uri()).set("file_root", file.root());
      values.set("when_missing", file.whenMissing().name());
      values.set("listed", file.listed().orElse(null));
    } else if (offer instanceof Offer.Url url) {
      values.set("url", url.url()).set("url_field", url.field());
    } else if (offer instanceof Offer.Text text) {
      values.set("text", text.text());
    } else if (offer instanceof Offer.Stored stored) {
      values.set("stored_sha256", stored.sha256()).set("stored_name", stored.name());
    } else if (offer instanceof Offer.Bytes bytes) {
      values.set("bytes", bytes.bytes());
    } else if (offer instanceof Offer.Refused refused) {
      values.set("refused_code", refused.code().name()).set("refused_message", refused.message());
    }
    return values
        .set("captions", description.captions())
        .set("captions_declared", description.captionsDeclared())
        .set("title", description.title().orElse(null))
        .set("language", description.language().orElse(null))
        .set("licence", description.licence().orElse(null))
        .set("consent", description.consent().orElse(null))
        .set("sensitivity", description.sensitivity().orElse(null))
        .set("group_id", description.groupId().orElse(null))
        .set("facts", description.facts())
        .set("place_file", place.file())
        .set("place_word", place.word())
        .set("place_number", place.number());
  }

  /** The item that a row of {@link #TABLE} holds. */
  public static SourceItem from(Values row) {
    return new SourceItem(
        filled(row, "source"),
        filled(row, "key"),
        filled(row, "source_uri"),
        offer(row),
        description(row),
        new Place(
            filled(row, "place_file"),
            filled(row, "place_word"),
            row.find("place_number").map(Long.class::cast).orElse(0L)));
  }

  private static Offer offer(Values row) {
    Optional<String> fileUri = row.text("file_uri");
    if (fileUri.isPresent()) {
      return new Offer.File(
          fileUri.get(),
          filled(row, "file_root"),
          code(filled(row, "when_missing")),
          row.text("listed"));
    }
    Optional<String> url = row.text("url");
    if (url.isPresent()) {
      return new Offer.Url(url.get(), filled(row, "url_field"));
    }
    Optional<String> text = row.text("text");
    if (text.isPresent()) {
      return new Offer.Text(text.get());
    }
    Optional<String> stored = row.text("stored_sha256");
    if (stored.isPresent()) {
      return new Offer.Stored(stored.get(), filled(row, "stored_name"));
    }
    Optional<byte[]> bytes = row.find("bytes").map(byte[].class::cast);
    if (bytes.isPresent()) {
      return new Offer.Bytes(bytes.get());
    }
    return new Offer.Refused(code(filled(row, "refused_code")), filled(row, "refused_message"));
  }

  private static Description description(Values row) {
    return new Description(
        row.find("captions").map(SourceItem::strings).orElse(List.of()),
        row.find("captions_declared").map(Boolean.class::cast).orElse(false),
        row.text("title"),
        row.text("language"),
        row.text("licence"),
        row.text("consent"),
        row.text("sensitivity"),
        row.text("group_id"),
        row.find("facts").map(SourceItem::map).orElse(Map.of()));
  }

  private static String filled(Values row, String column) {
    return row.text(column)
        .orElseThrow(
            () -> new IllegalArgumentException("Source item without a " + column + " column"));
  }

  private static ItemError code(String name) {
    return ItemError.valueOf(name);
  }

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(String::valueOf).toList();
  }

  private static Map<String, String> map(Object map) {
    Map<String, String> strings = new LinkedHashMap<>();
    ((Map<?, ?>) map)
        .forEach((key, value) -> strings.put(String.valueOf(key), String.valueOf(value)));
    return strings;
  }
}
