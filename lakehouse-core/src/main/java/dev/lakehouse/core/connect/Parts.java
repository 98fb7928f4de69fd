// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import dev.lakehouse.core.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the parts of one item say together. */
final class Parts {
  /** Fact with the ids of all parts, where they have more than one. */
  static final String IDS = "ids";

  private static final Map<Role, Function<Description, Optional<String>>> TRUST =
      Map.of(
          Role.LICENCE, Description::licence,
          Role.CONSENT, Description::consent,
          Role.SENSITIVITY, Description::sensitivity);

  private Parts() {}

  /** Why the parts cannot be one: nobody may choose among licences. */
  static Optional<String> conflict(List<SourceItem> parts) {
    return TRUST.entrySet().stream()
        .map(role -> conflict(role.getKey(), role.getValue(), parts))
        .flatMap(Optional::stream)
        .sorted()
        .findFirst();
  }

  private static Optional<String> conflict(
      Role role, Function<Description, Optional<String>> value, List<SourceItem> parts) {
    Map<String, Place> places = new LinkedHashMap<>();
    for (SourceItem part : parts) {
      value.apply(part.description()).ifPresent(said -> places.putIfAbsent(said, part.place()));
    }
    if (places.size() < 2) {
      return Optional.empty();
    }
    List<String> said =
        places.entrySet().stream()
            .limit(2)
            .map(entry -> "'%s' in %s".formatted(entry.getKey(), entry.getValue()))
            .toList();
    return Optional.of(
        "Rows of one picture disagree on its %s: %s; make them agree"
            .formatted(role.word(), String.join(", ", said)));
  }

  /**
   * The captions of all, each text once. A fact on which all that have it agree is that; else it is
   * a JSON list of the value in each part, and so are language and group.
   */
  static Description sum(List<SourceItem> parts) {
    Set<String> captions = new LinkedHashSet<>();
    parts.forEach(part -> captions.addAll(part.description().captions()));
    Map<String, String> facts = facts(parts);
    Optional<String> language = agreed(Role.LANG, Description::language, parts, facts);
    Optional<String> group = agreed(Role.GROUP, Description::groupId, parts, facts);
    ids(parts, facts);
    return new Description(
        List.copyOf(captions),
        parts.get(0).description().captionsDeclared(),
        first(Description::title, parts),
        language,
        first(Description::licence, parts),
        first(Description::consent, parts),
        first(Description::sensitivity, parts),
        group,
        facts);
  }

  private static Map<String, String> facts(List<SourceItem> parts) {
    Set<String> names = new TreeSet<>();
    parts.forEach(part -> names.addAll(part.description().facts().keySet()));
    Map<String, String> facts = new TreeMap<>();
    for (String name : names) {
      Function<Description, Optional<String>> fact =
          said -> Optional.ofNullable(said.facts().get(name));
      facts.put(name, agree(fact, parts) ? first(fact, parts).orElseThrow() : list(fact, parts));
    }
    return facts;
  }

  private static Optional<String> agreed(
      Role role,
      Function<Description, Optional<String>> value,
      List<SourceItem> parts,
      Map<String, String> facts) {
    if (agree(value, parts)) {
      return first(value, parts);
    }
    facts.putIfAbsent(role.word(), list(value, parts));
    return Optional.empty();
  }

  private static Optional<String> first(
      Function<Description, Optional<String>> value, List<SourceItem> parts) {
    return said(value, parts).findFirst();
  }

  private static boolean agree(
      Function<Description, Optional<String>> value, List<SourceItem> parts) {
    return said(value, parts).distinct().count() < 2;
  }

  private static Stream<String> said(
      Function<Description, Optional<String>> value, List<SourceItem> parts) {
    return parts.stream().map(part -> value.apply(part.description())).flatMap(Optional::stream);
  }

  private static String list(
      Function<Description, Optional<String>> value, List<SourceItem> parts) {
    return Json.line(parts.stream().map(part -> value.apply(part.description())).toList());
  }

  private static void ids(List<SourceItem> parts, Map<String, String> facts) {
    Set<String> ids = new LinkedHashSet<>();
    parts.forEach(part -> ids.add(part.key()));
    if (ids.size() > 1) {
      facts.putIfAbsent(IDS, Json.line(new ArrayList<>(ids)));
    }
  }
}
