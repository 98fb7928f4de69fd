// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is published, by version: a row of {@code releases}.
 *
 * @param sequence 1, 2, 3, …
 * @param id digest of everything that it is made of
 * @param parent id of the release that it followed
 * @param createdAt when
 * @param catalogVersion Delta version of the catalog
 * @param filteredVersion Delta version of filtered
 * @param embeddingsVersion Delta version of embeddings; -1 without
 * @param judgementId of filtered
 * @param policyDigest of the policy
 * @param constraintsDigest of the catalog's constraints
 * @param families the indexes
 * @param familiesOff families that were left out, and why
 * @param published rows of the catalog
 * @param pending passing assets whose vector is missing
 * @param dead passing assets whose embedding failed
 * @param run run that made it
 * @param state released or withdrawn
 */
public record Release(
    long sequence,
    String id,
    Optional<String> parent,
    Instant createdAt,
    long catalogVersion,
    long filteredVersion,
    long embeddingsVersion,
    String judgementId,
    String policyDigest,
    String constraintsDigest,
    List<Family> families,
    List<String> familiesOff,
    long published,
    long pending,
    long dead,
    String run,
    String state) {

  public static final String RELEASED = "released";
  public static final String WITHDRAWN = "withdrawn";

  /** Characters of an id that are enough to mean a release. */
  public static final int ID_LENGTH = 6;

  public Release {
    requireNonNull(id, "id is null");
    families = List.copyOf(families);
    familiesOff = List.copyOf(familiesOff);
  }

  /** The index of a family, if the release has one. */
  public Optional<Family> family(String name) {
    return families.stream().filter(family -> family.name().equals(name)).findFirst();
  }

  /** The one of these that it followed, if it is not the first. */
  public Optional<Release> parent(List<Release> all) {
    return all.stream()
        .filter(each -> each.sequence < sequence && parent.filter(each.id::equals).isPresent())
        .max(Comparator.comparingLong(Release::sequence));
  }

  /** The one of these that readers start from: the last that was not withdrawn. */
  public static Optional<Release> current(List<Release> all) {
    return all.stream()
        .filter(Release::isReleased)
        .max(Comparator.comparingLong(Release::sequence));
  }

  /**
   * The one of these that somebody means. A number is never taken for the beginning of an id.
   *
   * @param name its number, its id, or at least {@value #ID_LENGTH} characters that begin no other
   *     id; of releases of the same content it means the last
   * @throws LakehouseException CONFIG_INVALID if there is none, or more than one
   */
  public static Release named(String name, List<Release> all) {
    Optional<Release> numbered =
        all.stream().filter(each -> String.valueOf(each.sequence).equals(name)).findFirst();
    return numbered.orElseGet(() -> begun(name, all));
  }

  private static Release begun(String name, List<Release> all) {
    List<Release> found =
        all.stream()
            .filter(each -> name.length() >= ID_LENGTH && each.id.startsWith(name))
            .sorted(Comparator.comparingLong(Release::sequence))
            .toList();
    if (found.isEmpty()) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "There is no release '%s': expected the number of one of %s, or its id or the first %d"
              + " characters of it. 'lakehouse release list' shows them",
          name,
          numbers(all),
          ID_LENGTH);
    }
    if (found.stream().map(Release::id).distinct().count() > 1) {
      throw LakehouseException.of(
          ErrorCode.CONFIG_INVALID,
          "The ids of releases %s begin with '%s': write more of the one you mean, or its number",
          numbers(found),
          name);
    }
    return found.get(found.size() - 1);
  }

  private static List<Long> numbers(List<Release> all) {
    return all.stream().map(Release::sequence).toList();
  }

  /** Whether readers may start from it. */
  public boolean isReleased() {
    return state.equals(RELEASED);
  }

  /** The release as a row of {@code Tables.RELEASES}. */
  public Values toValues() {
    return Values.of(Tables.RELEASES)
        .set("sequence", sequence)
        .set("release_id", id)
        .set("parent", parent.orElse(null))
        .set("created_at", Timestamp.from(createdAt))
        .set("catalog_version", catalogVersion)
        .set("filtered_version", filteredVersion)
        .set("embeddings_version", embeddingsVersion)
        .set("judgement_id", judgementId)
        .set("policy_digest", policyDigest)
        .set("constraints_digest", constraintsDigest)
        .set("families", families.stream().map(Family::toStruct).toList())
        .set("families_off", familiesOff)
        .set("family_towers", families.stream().map(Family::tower).toList())
        .set("family_parts", families.stream().map(each -> each.scope().partsInWords()).toList())
        .set("family_needs", families.stream().map(each -> each.scope().need().word()).toList())
        .set("family_recall", recalls())
        .set("published", published)
        .set("pending", pending)
        .set("dead", dead)
        .set("run", run)
        .set("state", state);
  }

  /** One of each family; where any was made before there were such, of none. */
  private @Nullable List<Object[]> recalls() {
    List<Object[]> recalls =
        families.stream()
            .flatMap(family -> family.recall().stream())
            .map(IndexRecall::toStruct)
            .toList();
    return recalls.size() == families.size() ? recalls : null;
  }

  /** The release that a row of {@code Tables.RELEASES} holds. */
  public static Release fromValues(Values row) {
    return new Release(
        row.require("sequence", Long.class),
        row.require("release_id", String.class),
        row.text("parent"),
        row.require("created_at", Timestamp.class).toInstant(),
        row.require("catalog_version", Long.class),
        row.require("filtered_version", Long.class),
        row.require("embeddings_version", Long.class),
        row.require("judgement_id", String.class),
        row.require("policy_digest", String.class),
        row.require("constraints_digest", String.class),
        families(row),
        list(row, "families_off").map(String.class::cast).toList(),
        row.require("published", Long.class),
        row.require("pending", Long.class),
        row.require("dead", Long.class),
        row.require("run", String.class),
        row.require("state", String.class));
  }

  private static List<Family> families(Values row) {
    List<?> structs = row.require("families", List.class);
    List<?> towers = (List<?>) row.find("family_towers").orElse(List.of());
    List<?> parts = (List<?>) row.find("family_parts").orElse(List.of());
    List<?> needs = (List<?>) row.find("family_needs").orElse(List.of());
    List<?> recalls = (List<?>) row.find("family_recall").orElse(List.of());
    List<Family> families = new ArrayList<>();
    for (int i = 0; i < structs.size(); i++) {
      Optional<IndexRecall> recall =
          i < recalls.size()
              ? Optional.of(IndexRecall.fromStruct((Object[]) recalls.get(i)))
              : Optional.empty();
      families.add(
          Family.fromStruct(
              (Object[]) structs.get(i), text(towers, i), text(parts, i), text(needs, i), recall));
    }
    return families;
  }

  private static Optional<String> text(List<?> words, int index) {
    return index < words.size() ? Optional.of((String) words.get(index)) : Optional.empty();
  }

  private static Stream<?> list(Values row, String column) {
    return ((List<?>) row.require(column, List.class)).stream();
  }
}
