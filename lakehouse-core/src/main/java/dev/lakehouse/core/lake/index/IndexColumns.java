// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import static dev.lakehouse.core.Column.optional;
import static dev.lakehouse.core.Column.required;
import static dev.lakehouse.core.ColumnType.Scalar.FLOAT;
import static dev.lakehouse.core.ColumnType.Scalar.INT;
import static dev.lakehouse.core.ColumnType.Scalar.STRING;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.ColumnType.ArrayOf;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.codec.text.HtmlText;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The columns of a search index: all that a search needs, so that it reads nothing else. */
public final class IndexColumns {
  public static final String ASSET_ID = "asset_id";
  public static final String SEGMENT = "segment";
  public static final String VECTOR = "vector";
  public static final String TITLE = "title";
  public static final String EXCERPT = "excerpt";
  public static final String URI = "uri";
  public static final String MODALITY = "modality";
  public static final String MEDIA_TYPE = "media_type";
  public static final String LANGUAGE = "language";
  public static final String LICENCE = "licence";
  public static final String SOURCE = "source";
  public static final String GROUP_ID = "group_id";
  public static final String WIDTH = "width";
  public static final String HEIGHT = "height";
  public static final String SHA256 = "sha256";
  public static final String INPUT_SHA256 = "input_sha256";
  public static final String WORDS = "words";

  /** One row for each segment. No map and no column without a type: Lance cannot hold them. */
  public static final Table TABLE =
      new Table(
          "index",
          List.of(
              required(ASSET_ID, STRING, "the asset"),
              required(SEGMENT, STRING, "part of the asset: whole or caption/<n>"),
              required(VECTOR, new ArrayOf(FLOAT), "norm 1, of the index's one encoder"),
              optional(TITLE, STRING, "a short name for people"),
              optional(EXCERPT, STRING, "the beginning of the text or caption"),
              required(URI, STRING, "where the bytes came from"),
              required(MODALITY, STRING, "of the asset: image or text"),
              required(MEDIA_TYPE, STRING, "what the bytes say"),
              optional(LANGUAGE, STRING, "declared, else detected"),
              optional(LICENCE, STRING, "licence that the source declares"),
              required(SOURCE, STRING, "name of the source"),
              optional(GROUP_ID, STRING, "assets that belong together"),
              optional(WIDTH, INT, "pixels"),
              optional(HEIGHT, INT, "pixels"),
              required(SHA256, STRING, "digest of the asset's content"),
              required(INPUT_SHA256, STRING, "digest of what the vector was computed from"),
              optional(WORDS, STRING, "all words of the text or caption, for the full-text index")),
          List.of(ASSET_ID, SEGMENT));

  /** The columns that a filter may name: all but the vector, its input and what is only indexed. */
  public static final List<Column> FILTERS =
      TABLE.columns().stream()
          .filter(column -> !Set.of(VECTOR, INPUT_SHA256, WORDS).contains(column.name()))
          .toList();

  private static final int EXCERPT_CODE_POINTS = 280;

  /** Stands between the parts of a text, so that no words in a row reach from one to another. */
  private static final String APART = "¶";

  private static final int MAX_WORDS_LENGTH = 1 << 17;

  private IndexColumns() {}

  /** A text as a literal of Lance's SQL, whatever is in it. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** The beginning of a text, white space collapsed, cut between two words where it is too long. */
  public static String excerpt(String text) {
    String line = HtmlText.readable(text).strip().replaceAll("\\s+", " ");
    if (line.codePointCount(0, line.length()) <= EXCERPT_CODE_POINTS) {
      return line;
    }
    String cut = line.substring(0, line.offsetByCodePoints(0, EXCERPT_CODE_POINTS - 1));
    int space = cut.lastIndexOf(' ');
    return (space > cut.length() / 2 ? cut.substring(0, space) : cut) + "…";
  }

  /**
   * The words of a text in parts, such as its title and itself.
   *
   * @return empty if there are none
   */
  public static Optional<String> words(List<String> parts) {
    String line =
        parts.stream()
            .map(part -> Words.line(HtmlText.readable(part)))
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining(" " + APART + " "));
    if (line.length() > MAX_WORDS_LENGTH) {
      line = line.substring(0, line.lastIndexOf(' ', MAX_WORDS_LENGTH));
    }
    return line.isEmpty() ? Optional.empty() : Optional.of(line);
  }
}
