// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.embed;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.lakehouse.core.content.SegmentRole;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which parts of assets the index of a family holds, and whether assets wait for them.
 *
 * @param parts in the index, at least one
 * @param need of assets for the vectors of these
 */
public record FamilyScope(Set<SegmentRole> parts, Need need) {
  private static final String AND = "+";

  /** Whether an asset is published without its vectors. */
  public enum Need {
    /** Not before it has them; where they cannot be computed, not at all. */
    REQUIRED,
    /** With those that there are. */
    OPTIONAL;

    /** The word that stands in the releases. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public FamilyScope {
    parts = Set.copyOf(parts);
  }

  /**
   * Everything that the towers of an index can take, and required: what a family has that settings
   * say nothing of.
   *
   * @param indexed names of the towers, as {@link FamilySpec#indexed} has them
   */
  public static FamilyScope whole(String indexed) {
    return new FamilyScope(FamilySpec.roles(indexed), Need.REQUIRED);
  }

  /**
   * The scope that a release tells of.
   *
   * @param indexed names of the towers
   * @param parts as {@link #partsInWords}; empty where the release was made before it told them
   * @param need as {@link Need#word}
   */
  public static FamilyScope told(String indexed, Optional<String> parts, Optional<String> need) {
    FamilyScope whole = whole(indexed);
    return new FamilyScope(
        parts.map(FamilyScope::parts).orElse(whole.parts),
        need.filter(Need.OPTIONAL.word()::equals).map(word -> Need.OPTIONAL).orElse(whole.need));
  }

  private static Set<SegmentRole> parts(String words) {
    Collection<String> all = List.of(words.split("[+]"));
    return EnumSet.allOf(SegmentRole.class).stream()
        .filter(role -> all.contains(role.word()))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The parts as a release tells them: {@code own+caption}. */
  public String partsInWords() {
    return words(parts, AND);
  }

  /** The words of some roles, always in one order. */
  static String words(Set<SegmentRole> roles, String between) {
    return roles.stream().sorted().map(SegmentRole::word).collect(Collectors.joining(between));
  }

  /** The parts and the need, always in the same words. */
  @JsonValue
  @Override
  public String toString() {
    return "%s, %s".formatted(partsInWords(), need.word());
  }

  /** Whether the own content of assets is in the index. */
  public boolean takesOwn() {
    return parts.contains(SegmentRole.OWN);
  }

  /** Whether assets wait for their vectors. */
  public boolean isRequired() {
    return need == Need.REQUIRED;
  }

  /** The parts beside the own content. */
  public Set<SegmentRole> beside() {
    return parts.stream()
        .filter(role -> role != SegmentRole.OWN)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The parts that make up an asset, so that the mean of their vectors can stand for it. */
  public Set<SegmentRole> pooled() {
    return parts.stream()
        .filter(role -> role == SegmentRole.PASSAGE || role == SegmentRole.KEYFRAME)
        .collect(Collectors.toUnmodifiableSet());
  }
}
