// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.watch.state.NextCatalog.Fate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where each item stands: exactly one state, so that the counts over states are what was seen.
 *
 * @param lake that is looked at
 * @param deadLetters what could not be taken
 * @param served ids of the assets that the current release serves
 * @param next what the next publish would do
 */
record ItemStates(LakeReader lake, DeadLetters deadLetters, Set<String> served, NextRelease next) {

  /** Which columns of an item anybody asks for. */
  enum Detail {
    /** Its state and reasons. */
    COUNTED,
    /** Also where it came from. */
    NAMED
  }

  /** Each item once. */
  void forEach(Detail detail, Consumer<Item> visitor) {
    Map<String, Values> dead = firstLetters();
    Map<String, Verdict> verdicts = Verdict.all(lake);
    Set<String> seen = new HashSet<>();
    lake.forEach(
        Tables.ASSETS,
        detail == Detail.NAMED
            ? List.of("asset_id", "state", "source", "source_uri")
            : List.of("asset_id", "state"),
        asset -> {
          String id = asset.require("asset_id", String.class);
          boolean active = asset.text("state").filter("active"::equals).isPresent();
          if (active || served.contains(id)) {
            seen.add(id);
            visitor.accept(item(asset, active, dead.get(id), verdicts.get(id)));
          }
        });
    dead.values().stream()
        .filter(letter -> seen.add(letter.require("asset_id", String.class)))
        .forEach(letter -> visitor.accept(dead(letter)));
    served.stream() // their rows are gone from assets: damage, which audit names
        .filter(seen::add)
        .forEach(
            id -> visitor.accept(new Item(id, "", "", ItemState.PUBLISHED, List.of(Item.GONE))));
  }

  private Map<String, Values> firstLetters() {
    Map<String, Values> first = new HashMap<>();
    Comparator<Values> order =
        Comparator.comparing((Values letter) -> letter.require("stage", String.class))
            .thenComparing(letter -> letter.require("error_code", String.class));
    for (Values letter : deadLetters.rows()) {
      first.merge(
          letter.require("asset_id", String.class),
          letter,
          (known, other) -> order.compare(known, other) <= 0 ? known : other);
    }
    return first;
  }

  private static Item dead(Values letter) {
    return new Item(
        letter.require("asset_id", String.class),
        letter.text("source").orElse(""),
        letter.text("source_uri").orElse(""),
        ItemState.DEAD_LETTER,
        List.of(letter.require("error_code", String.class)));
  }

  private Item item(
      Values asset, boolean active, @Nullable Values letter, @Nullable Verdict verdict) {
    String id = asset.require("asset_id", String.class);
    String source = asset.text("source").orElse("");
    String uri = asset.text("source_uri").orElse("");
    if (served.contains(id)) {
      return new Item(id, source, uri, ItemState.PUBLISHED, leaving(id, active, letter, verdict));
    }
    if (letter != null) {
      return new Item(id, source, uri, ItemState.DEAD_LETTER, dead(letter).reasons());
    }
    if (verdict == null) {
      return new Item(id, source, uri, ItemState.PENDING, List.of(Item.NOT_JUDGED));
    }
    List<String> reasons = verdict.passes() ? List.of(waiting(id)) : verdict.reasons();
    return new Item(id, source, uri, verdict.state(), reasons);
  }

  private String waiting(String id) {
    return next.fate(id).filter(fate -> fate == Fate.PUBLISH).isPresent()
        ? Item.NOT_PUBLISHED
        : Item.NOT_EMBEDDED;
  }

  /** Why the next publish would take a published asset out; empty where it would not. */
  private List<String> leaving(
      String id, boolean active, @Nullable Values letter, @Nullable Verdict verdict) {
    if (next.keeps(id)) {
      return List.of();
    }
    if (verdict != null && !verdict.passes()) {
      return verdict.reasons();
    }
    if (!active) {
      return List.of(Item.GONE);
    }
    return Optional.ofNullable(letter)
        .map(each -> dead(each).reasons())
        .orElse(List.of(verdict == null ? Item.NOT_JUDGED : Item.NOT_EMBEDDED));
  }
}
