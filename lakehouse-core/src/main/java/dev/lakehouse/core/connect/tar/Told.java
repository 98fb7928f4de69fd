// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.tar;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.codec.text.TextCodec;
import dev.lakehouse.core.connect.Description;
import dev.lakehouse.core.connect.Role;
import dev.lakehouse.core.connect.manifest.Row;
import dev.lakehouse.core.connect.object.JsonReading;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** What members of a sample say about its others. */
final class Told {
  private static final int MAX_LABEL = 4096;

  private final FieldRoles roles;
  private final List<String> captions = new ArrayList<>();
  private final List<String> transcripts = new ArrayList<>();
  private final Map<String, String> facts = new TreeMap<>();
  private final Map<Ending, List<Description>> rows = new EnumMap<>(Ending.class);
  private boolean captioned;

  Told(FieldRoles roles) {
    this.roles = roles;
    this.captioned = roles.names(Role.CAPTION);
  }

  /**
   * Hears a member.
   *
   * @throws ItemException if it cannot be understood; then it has said nothing
   */
  void hear(TarMember member) throws ItemException {
    String text = TextCodec.decode(member.text().orElseThrow()).text();
    switch (Ending.of(member.name())) {
      case WORDS -> {
        captioned = true;
        captions.add(text.strip());
        transcripts.add(text.strip());
      }
      case CAPTION -> {
        captioned = true;
        captions.add(text.strip());
        facts.put("caption", text.strip());
      }
      case TRANSCRIPT -> transcripts.add(text.strip());
      case FIELDS -> hear(JsonReading.fields(text));
      default -> label(Ending.extension(member.name()), text.strip());
    }
  }

  private void label(String name, String label) throws ItemException {
    if (label.length() > MAX_LABEL) {
      throw new ItemException(
          ItemError.TEXT_LIMIT,
          "A label of %d characters; expected at most %d".formatted(label.length(), MAX_LABEL));
    }
    facts.put(name, label);
  }

  private void hear(Map<String, JsonNode> fields) throws ItemException {
    Map<Ending, Description> understood = new EnumMap<>(Ending.class);
    for (Ending about : List.of(Ending.PICTURE, Ending.RECORDING, Ending.OTHER)) {
      understood.put(about, description(roles.row(fields, about), about));
    }
    understood.forEach(
        (about, row) -> rows.computeIfAbsent(about, kind -> new ArrayList<>()).add(row));
  }

  private static Description description(Row row, Ending about) throws ItemException {
    Map<String, String> facts = new TreeMap<>(row.facts());
    Optional<String> transcript = row.filled(Role.TRANSCRIPT);
    if (about == Ending.RECORDING) {
      transcript.ifPresent(said -> facts.put(Role.TRANSCRIPT.word(), said));
    }
    return new Description(
        about == Ending.PICTURE ? row.captions() : List.of(),
        false,
        row.filled(Role.TITLE),
        row.filled(Role.LANG),
        row.filled(Role.LICENCE),
        row.filled(Role.CONSENT),
        row.filled(Role.SENSITIVITY),
        Optional.empty(),
        facts);
  }

  /**
   * The text among fields that nobody else is there for; they are about it then.
   *
   * @throws ItemException if they cannot be understood
   */
  Optional<String> alone(Map<String, JsonNode> fields) throws ItemException {
    if (!roles.names(Role.TEXT)) {
      return Optional.empty();
    }
    hear(fields);
    return roles.row(fields, Ending.OTHER).text(Role.TEXT);
  }

  /** What is said about a member. */
  Description about(String name, Optional<String> group) {
    Ending kind = Ending.of(name).isMedium() ? Ending.of(name) : Ending.OTHER;
    List<Description> said = rows.getOrDefault(kind, List.of());
    boolean picture = kind == Ending.PICTURE;
    Set<String> all = new LinkedHashSet<>(picture ? captions : List.of());
    said.forEach(row -> all.addAll(row.captions()));
    return new Description(
        List.copyOf(all),
        picture && (captioned || !all.isEmpty()),
        Optional.of(
            first(said, Description::title).orElse(name.substring(name.lastIndexOf('/') + 1))),
        first(said, Description::language),
        first(said, Description::licence),
        first(said, Description::consent),
        first(said, Description::sensitivity),
        group,
        facts(kind, said));
  }

  private static Optional<String> first(
      List<Description> said, Function<Description, Optional<String>> value) {
    return said.stream().map(value).flatMap(Optional::stream).findFirst();
  }

  private Map<String, String> facts(Ending kind, List<Description> said) {
    Map<String, String> all = new HashMap<>();
    said.forEach(row -> row.facts().forEach(all::putIfAbsent));
    facts.forEach(all::putIfAbsent);
    if (kind == Ending.PICTURE) {
      all.remove(Role.CAPTION.word(), facts.get(Role.CAPTION.word()));
    } else if (kind == Ending.RECORDING && !transcripts.isEmpty()) {
      all.put(Role.TRANSCRIPT.word(), String.join("\n", transcripts));
    }
    return all;
  }
}
