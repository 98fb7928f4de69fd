// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.manifest;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.connect.Role;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which field of a manifest plays which role.
 *
 * @param fields name of the field for each role that one plays
 */
public record RowMapping(Map<Role, String> fields) implements Serializable {
  /** Another word for an image, for what is none. */
  private static final String FILE = "file";

  public RowMapping {
    fields = Map.copyOf(fields);
  }

  private RowMapping withContent() {
    if (fields.containsKey(Role.TRANSCRIPT) && !fields.containsKey(Role.IMAGE)) {
      throw invalid("a transcript is mapped, but no file that it is of");
    }
    if (!fields.containsKey(Role.TEXT) && !fields.containsKey(Role.IMAGE)) {
      throw invalid("nothing is mapped to text or image, so rows would have no content");
    }
    if (fields.containsKey(Role.CAPTION) && !fields.containsKey(Role.IMAGE)) {
      throw invalid("a caption is mapped, but no image for it to be about");
    }
    return this;
  }

  /**
   * Reads {@code id=name,image=file_name,caption=text}.
   *
   * @throws LakehouseException CONFIG_INVALID if it cannot be understood
   */
  public static RowMapping parse(String written) {
    return about(written).withContent();
  }

  /**
   * The same of rows that need not have content, since they are about something that has it.
   *
   * @throws LakehouseException CONFIG_INVALID if it cannot be understood
   */
  public static RowMapping about(String written) {
    Map<Role, String> fields = new EnumMap<>(Role.class);
    for (String pair : written.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0 || equals == pair.length() - 1) {
        throw invalid("expected role=field but found '%s'".formatted(pair));
      }
      if (fields.put(role(pair.substring(0, equals).strip()), pair.substring(equals + 1)) != null) {
        throw invalid("'%s' is mapped twice".formatted(pair.substring(0, equals)));
      }
    }
    return new RowMapping(fields);
  }

  private static Role role(String word) {
    if (word.equals(FILE)) {
      return Role.IMAGE;
    }
    return Arrays.stream(Role.values())
        .filter(role -> role.word().equals(word))
        .findAny()
        .orElseThrow(() -> invalid("there is no role '%s'".formatted(word)));
  }

  private static LakehouseException invalid(String why) {
    String roles = Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(", "));
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "Invalid --map: %s. Write role=field pairs with commas; roles are %s; file is another word"
            + " for image",
        why,
        roles);
  }

  /** The field that plays a role. */
  public Optional<String> field(Role role) {
    return Optional.ofNullable(fields.get(role));
  }

  public boolean isIn(Collection<String> found) {
    return found.containsAll(fields.values());
  }

  /** Refuses a mapping of fields that a manifest does not have. */
  public void requireIn(Collection<String> found, String manifest) {
    List<String> missing =
        fields.values().stream().filter(field -> !found.contains(field)).sorted().toList();
    if (!missing.isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "Manifest %s has no field %s (found %s). Correct --map; nothing was done",
          manifest,
          String.join(", ", missing),
          String.join(", ", found));
    }
  }

  /** The part that no row can do without. */
  public RowMapping content() {
    Map<Role, String> content = new EnumMap<>(Role.class);
    for (Role role : List.of(Role.ID, Role.TEXT, Role.IMAGE)) {
      field(role).ifPresent(field -> content.put(role, field));
    }
    return new RowMapping(content).withContent();
  }
}
