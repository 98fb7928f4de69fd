// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.content.Segment;
import dev.lakehouse.core.content.SegmentRole;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.watch.state.FamiliesInUse.Encoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the next publish would make the catalog say, row by row: of each row a digest, since rows
 * are only compared. Texts and vectors are not read: where the digest of a content and its encoder
 * are the same, so are they.
 *
 * @param lake that is looked at
 * @param families whose vectors a row needs
 */
record NextCatalog(LakeReader lake, FamiliesInUse families) {
  private static final Set<String> NOT_COMPARED =
      Set.of("asset_id", "judgement_id", "text", "language");

  private static final List<String> COPIED =
      Tables.PUBLISHED.names().stream().filter(name -> !NOT_COMPARED.contains(name)).toList();

  /** What becomes of an asset that passed. */
  enum Fate {
    PUBLISH,
    PENDING,
    DEAD
  }

  /**
   * An asset that passed.
   *
   * @param fate what becomes of it
   * @param row digest of its row of the catalog
   */
  record Passed(Fate fate, int row) {}

  /** Every asset that passed, by id. */
  Map<String, Passed> passed() {
    Map<String, Map<String, Boolean>> outcomes = outcomes();
    Map<String, Passed> passed = new HashMap<>();
    lake.forEach(
        Tables.FILTERED,
        columns(List.of("asset_id", "language", "detected_language")),
        row ->
            passed.put(
                row.require("asset_id", String.class),
                new Passed(fate(row, outcomes), digest(row, outcomes))));
    return passed;
  }

  /** The rows that a release serves, by id. */
  Map<String, Integer> served(long catalogVersion) {
    List<String> columns = columns(List.of("asset_id", "language"));
    names().forEach(family -> columns.add(CatalogTable.encoder(family)));
    Map<String, Integer> served = new HashMap<>();
    lake.forEachAt(
        CatalogTable.of(names()),
        catalogVersion,
        columns,
        row ->
            served.put(
                row.require("asset_id", String.class),
                digest(row, row.find("language"), family -> servedVector(row, family))));
    return served;
  }

  /** Families that are on, and those that were once. */
  private Set<String> names() {
    Set<String> names = new TreeSet<>(families.on().keySet());
    names.addAll(CatalogTable.familiesIn(lake.catalog().names()));
    return names;
  }

  private static List<String> columns(List<String> more) {
    List<String> columns = new ArrayList<>(COPIED);
    columns.addAll(more);
    return columns;
  }

  private int digest(Values row, Map<String, Map<String, Boolean>> outcomes) {
    return digest(
        row,
        row.find("language").or(() -> row.find("detected_language")),
        family -> vectorOf(row, family, outcomes));
  }

  private int digest(
      Values row, Optional<Object> language, Function<String, Optional<String>> encoder) {
    List<@Nullable Object> parts = new ArrayList<>();
    for (String column : COPIED) {
      parts.add(plain(row.find(column).orElse(null)));
    }
    parts.add(language);
    names().forEach(family -> parts.add(encoder.apply(family)));
    return parts.hashCode();
  }

  /** Structs as lists, so that equal ones have equal digests. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(NextCatalog::plain).map(Objects::hashCode).toList();
    }
    return value instanceof Object[] struct ? Objects.hash(struct) : value;
  }

  /** The mean of the parts' vectors changes with the parts, which are compared. */
  private Optional<String> servedVector(Values row, String family) {
    return families.of(family).filter(encoder -> !owns(encoder, row)).isPresent()
        ? Optional.empty()
        : row.text(CatalogTable.encoder(family));
  }

  private Optional<String> vectorOf(
      Values row, String family, Map<String, Map<String, Boolean>> outcomes) {
    return families
        .of(family)
        .filter(encoder -> owns(encoder, row))
        .filter(encoder -> outcome(row, encoder, outcomes).orElse(false))
        .map(Encoder::encoder);
  }

  private Fate fate(Values row, Map<String, Map<String, Boolean>> outcomes) {
    Fate fate = Fate.PUBLISH;
    for (Encoder encoder : required()) {
      if (owns(encoder, row)) {
        Optional<Boolean> outcome = outcome(row, encoder, outcomes);
        if (outcome.filter(embedded -> !embedded).isPresent()) {
          return Fate.DEAD;
        }
        fate = outcome.isEmpty() ? Fate.PENDING : fate;
      }
    }
    return fate == Fate.PUBLISH && hasUnsettledPart(row, outcomes) ? Fate.PENDING : fate;
  }

  private List<Encoder> required() {
    return families.on().values().stream().filter(each -> each.scope().isRequired()).toList();
  }

  private boolean hasUnsettledPart(Values row, Map<String, Map<String, Boolean>> outcomes) {
    return required().stream()
        .anyMatch(
            encoder -> lacks(encoder, row, outcomes.getOrDefault(encoder.encoder(), Map.of())));
  }

  private static boolean lacks(Encoder encoder, Values row, Map<String, Boolean> settled) {
    Set<SegmentRole> roles = encoder.scope().beside();
    return Segment.of(row).stream()
        .filter(segment -> roles.contains(segment.role()))
        .anyMatch(segment -> !settled.containsKey(segment.sha256()));
  }

  private static boolean owns(Encoder encoder, Values row) {
    return row.text("modality").filter(encoder::takes).isPresent();
  }

  private static Optional<Boolean> outcome(
      Values row, Encoder encoder, Map<String, Map<String, Boolean>> outcomes) {
    return Optional.ofNullable(
        outcomes
            .getOrDefault(encoder.encoder(), Map.of())
            .get(row.require("sha256", String.class)));
  }

  /** By encoder and input: whether there is a vector, or an error in its place. */
  private Map<String, Map<String, Boolean>> outcomes() {
    Map<String, Map<String, Boolean>> outcomes = new HashMap<>();
    families.on().values().forEach(each -> outcomes.put(each.encoder(), new HashMap<>()));
    lake.forEach(
        Tables.EMBEDDINGS,
        List.of("input_sha256", "segment", "encoder", "error_code"),
        row -> {
          Map<String, Boolean> known = outcomes.get(row.require("encoder", String.class));
          if (known != null && row.require("segment", String.class).equals(Segment.WHOLE)) {
            known.put(row.require("input_sha256", String.class), row.find("error_code").isEmpty());
          }
        });
    return outcomes;
  }
}
