// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.document;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A document that was read.
 *
 * @param facts what its format says of it, by name
 * @param parts in reading order
 * @param embedded what stands in it
 */
public record Document(
    Map<String, String> facts, List<DocumentPart> parts, List<EmbeddedItem> embedded) {

  public Document {
    facts = Map.copyOf(facts);
    parts = List.copyOf(parts);
    embedded = List.copyOf(embedded);
  }

  /** Its format: {@code pdf}, {@code docx} and such. */
  public String format() {
    return facts.getOrDefault("format", "");
  }

  /** A fact by its name. */
  public Optional<String> fact(String name) {
    return Optional.ofNullable(facts.get(name));
  }

  /** Whether a fact is said to hold. */
  public boolean is(String fact) {
    return "true".equals(facts.get(fact));
  }

  /** How many pages, slides or sheets it has; empty where its format knows none. */
  public OptionalInt pages() {
    long paged = parts.stream().filter(part -> part.kind() != DocumentPart.Kind.SECTION).count();
    return paged == 0 ? OptionalInt.empty() : OptionalInt.of((int) paged);
  }

  /** How many of them have text. */
  public int pagesWithText() {
    return (int)
        parts.stream()
            .filter(part -> part.kind() != DocumentPart.Kind.SECTION && !part.text().isEmpty())
            .count();
  }

  /** All its text, with an empty line between parts. */
  public String text() {
    return parts.stream()
        .map(DocumentPart::text)
        .filter(text -> !text.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }
}
