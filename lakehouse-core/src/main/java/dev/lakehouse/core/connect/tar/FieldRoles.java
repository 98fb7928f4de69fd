// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.tar;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.Role;
import dev.lakehouse.core.connect.manifest.Row;
import dev.lakehouse.core.connect.manifest.RowMapping;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the fields of a {@code .json} are to the members of its key. */
final class FieldRoles {
  /** Names that data sets use, the first that is there, where nobody maps anything. */
  private static final Map<Role, List<String>> USUAL =
      Map.of(
          Role.CAPTION, List.of("caption", "captions", "text"),
          Role.TRANSCRIPT, List.of("transcript", "transcription", "normalized_text", "text"),
          Role.TITLE, List.of("title"),
          Role.LANG, List.of("lang", "language"),
          Role.LICENCE, List.of("licence", "license"));

  private static final Set<Role> OF_MEMBERS = Set.of(Role.ID, Role.IMAGE, Role.GROUP);

  private final Optional<RowMapping> mapping;

  private FieldRoles(Optional<RowMapping> mapping) {
    this.mapping = mapping;
  }

  /**
   * Fields by what somebody wrote, or by their usual names.
   *
   * @throws LakehouseException CONFIG_INVALID for a role that a member has by its name
   */
  static FieldRoles of(Optional<RowMapping> mapping) {
    for (Role role : mapping.map(RowMapping::fields).orElse(Map.of()).keySet()) {
      if (OF_MEMBERS.contains(role)) {
        throw LakehouseException.of(
            ErrorCode.CONFIG_INVALID,
            "Invalid --map: %s is what the name of a member in its shard says. Map fields of the"
                + " .json members to caption, transcript, text, title, lang, licence, consent or"
                + " sensitivity",
            role.word());
      }
    }
    return new FieldRoles(mapping);
  }

  /** The fields, seen by what they are about. */
  Row row(Map<String, JsonNode> fields, Ending about) {
    return new Row(mapping.orElseGet(() -> usual(fields, about)), fields);
  }

  private static RowMapping usual(Map<String, JsonNode> fields, Ending about) {
    Map<Role, String> roles = new EnumMap<>(Role.class);
    USUAL.forEach(
        (role, names) ->
            names.stream()
                .filter(fields::containsKey)
                .findFirst()
                .filter(name -> fits(role, about))
                .ifPresent(name -> roles.put(role, name)));
    return new RowMapping(roles);
  }

  private static boolean fits(Role role, Ending about) {
    return switch (role) {
      case CAPTION -> about == Ending.PICTURE;
      case TRANSCRIPT -> about == Ending.RECORDING;
      default -> true;
    };
  }

  /** Whether somebody said which field a role is. */
  boolean names(Role role) {
    return mapping.filter(said -> said.fields().containsKey(role)).isPresent();
  }

  /** Which field plays which role, for people. */
  String words() {
    return mapping.map(said -> "by --map").orElse("by their usual names");
  }
}
