// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.documents;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was read of a document so far. */
final class Reading {
  private static final int LONGEST_FACT = 2000;

  private final Question question;
  private final Map<String, String> facts = new TreeMap<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<Embedded> embedded = new ArrayList<>();
  private long characters;
  private long embeddedBytes;

  Reading(Question question) {
    this.question = question;
  }

  Question question() {
    return question;
  }

  Map<String, String> facts() {
    return facts;
  }

  List<Part> parts() {
    return parts;
  }

  List<Embedded> embedded() {
    return embedded;
  }

  /** Notes a fact; one that says nothing is none. */
  void fact(String name, String value) {
    String said = value.strip();
    if (!said.isEmpty()) {
      facts.put(name, said.substring(0, Math.min(said.length(), LONGEST_FACT)));
    }
  }

  /** Appends the next part of its kind. */
  void add(String kind, String name, String text) throws Refusal {
    int number = (int) parts.stream().filter(part -> part.kind().equals(kind)).count() + 1;
    add(new Part(kind, number, name, text));
  }

  /** Text outside of any part: of the slide before it, as notes and charts are, or a section. */
  void addOrExtend(String text) throws Refusal {
    Part last = parts.isEmpty() ? new Part(Part.SECTION, 0, "", "") : parts.get(parts.size() - 1);
    if (!last.kind().equals(Part.SLIDE)) {
      add(Part.SECTION, "", text);
      return;
    }
    characters += text.length();
    requireCharacters(characters);
    String all = last.text().isEmpty() ? text : last.text() + "\n\n" + text;
    parts.set(parts.size() - 1, new Part(Part.SLIDE, last.number(), last.name(), all));
  }

  void add(Part part) throws Refusal {
    characters += part.text().length();
    requireCharacters(characters);
    parts.add(part);
  }

  /** Checks an amount of text while it is gathered. */
  void requireCharacters(long found) throws Refusal {
    if (found > question.maxCharacters()) {
      throw new Refusal(
          Refusal.Code.OUTPUT_LIMIT,
          "The text has more than %d characters".formatted(question.maxCharacters()));
    }
  }

  /** Appends what stands in the document, reading it to its end for its size. */
  void embed(String name, String mediaType, boolean picture, int part, InputStream content)
      throws IOException {
    long left = question.maxEmbeddedBytes() - embeddedBytes;
    boolean wanted = embedded.size() < question.maxEmbedded() && left > 0;
    byte[] head = content.readNBytes(wanted ? (int) Math.min(left, Integer.MAX_VALUE - 8) : 0);
    long beyond = content.transferTo(OutputStream.nullOutputStream());
    boolean whole = wanted && beyond == 0;
    embeddedBytes += whole ? head.length : 0;
    embedded.add(
        new Embedded(
            name,
            mediaType,
            picture,
            part,
            head.length + beyond,
            whole ? Optional.of(head) : Optional.empty()));
  }
}
