// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Similar;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.curate.Probes;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.core.lake.Kept;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.LakeMemory;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.LakeSchema;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.StageNote;
import dev.lakehouse.core.watch.state.ItemStates.Detail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/** Looks at a lake without Spark: where its items stand, and what its tables say. */
public final class LakeView {
  private final LakeReader lake;
  private final Kept kept;
  private final Settings given;
  private final EncoderSearch search;
  private @Nullable FamiliesInUse families;
  private @Nullable Probes probes;

  private LakeView(LakeReader lake, Kept kept, Settings given, EncoderSearch search) {
    this.lake = lake;
    this.kept = kept;
    this.given = given;
    this.search = search.under(given.orElse(kept.settings(), Settings.KEPT));
  }

  /**
   * Looks at a lake as it is now.
   *
   * @param embedded digests of encoders that were used just now, by family
   * @throws LakehouseException LAKE_MISSING if there is none
   */
  public static LakeView of(
      LakeLayout layout,
      Settings settings,
      ModelsRoot models,
      Configuration hadoop,
      Map<String, String> embedded) {
    LakeReader lake = new LakeReader(layout, hadoop).requireLake();
    Kept kept = LakeMemory.of(layout, hadoop).now();
    return new LakeView(lake, kept, settings, new EncoderSearch(settings, models, embedded));
  }

  /**
   * The same lake as it was, with what it had been given by then.
   *
   * @param versions of its tables, as {@link LakeReader#at} takes them
   */
  public LakeView at(Map<String, Long> versions, Instant when) {
    Kept then =
        LakeMemory.of(lake.layout(), lake.hadoop()).history().stream()
            .filter(each -> !Instant.parse(each.at()).isAfter(when))
            .reduce((first, second) -> second)
            .orElse(Kept.nothing());
    return new LakeView(lake.at(versions), then, given, search);
  }

  /** What reads its tables. */
  public LakeReader lake() {
    return lake;
  }

  /** Settings in force, those that the lake keeps among them. */
  public Settings settings() {
    return search.settings();
  }

  private FamiliesInUse families() {
    FamiliesInUse found = families;
    if (found == null) { // most tables are shown without a look at models
      found = FamiliesInUse.of(lake, search);
      families = found;
    }
    return found;
  }

  /** Whose figures count under the settings in force. */
  public Probes probes() {
    Probes found = probes;
    if (found == null) {
      found = Kinds.probes(new SpeechSearch(search.settings(), search.models()).find(lake));
      probes = found;
    }
    return found;
  }

  private DeadLetters deadLetters() {
    return new DeadLetters(lake, probes(), families().encoders());
  }

  /** Rows of the tables. */
  public TableView tables() {
    return new TableView(lake, this::deadLetters);
  }

  /** Every release, withdrawn ones too, oldest first. */
  public List<Release> releases() {
    return lake.releases();
  }

  /** Where everything stands. */
  public LakeStatus status() {
    List<Release> releases = lake.releases();
    NextRelease next = NextRelease.of(lake, families(), releases);
    ReasonCounts counts = new ReasonCounts();
    states(next).forEach(Detail.COUNTED, counts::add);
    return new LakeStatus(
        counts.seen(),
        counts.states(),
        counts.reasons(),
        versions(),
        releases,
        families().off(),
        Release.current(releases).map(Release::sequence),
        new LakeStatus.Next(
            next.fit(),
            next.added(),
            next.changed(),
            next.removed(),
            counts.leaving(),
            next.withdrawn()),
        isUnjudged(),
        PolicyInForce.find(lake, kept),
        models());
  }

  private Map<String, String> models() {
    Map<String, String> models = new TreeMap<>();
    families().on().forEach((family, encoder) -> models.put(family, encoder.bundle()));
    return models;
  }

  /** Each item that a source offered, and where it stands. */
  public void forEachItem(Consumer<Item> visitor) {
    states(NextRelease.of(lake, families(), lake.releases())).forEach(Detail.NAMED, visitor);
  }

  /**
   * The policy that judged last or, before the first judgement, the one in force; empty where its
   * text is gone.
   */
  public Optional<Policy> judge() {
    return PolicyInForce.judge(lake, kept);
  }

  private ItemStates states(NextRelease next) {
    return new ItemStates(lake, deadLetters(), next.servedIds(), next);
  }

  /** The version of each table that exists, by name. */
  public Map<String, Long> versions() {
    Map<String, Long> versions = new LinkedHashMap<>();
    for (Table table : LakeSchema.TABLES) {
      lake.find(table).ifPresent(found -> versions.put(table.name(), found.version()));
    }
    return versions;
  }

  /** Whether anything that a judgement reads is newer than the last. */
  private boolean isUnjudged() {
    Map<String, Long> judged =
        lake.lastNote(Tables.VERDICTS, "judge").map(StageNote::inputs).orElse(Map.of());
    return judged.isEmpty()
        || judged.entrySet().stream().anyMatch(input -> isNewer(input.getKey(), input.getValue()));
  }

  private boolean isNewer(String name, long version) {
    return LakeSchema.TABLES.stream()
        .filter(table -> table.name().equals(name))
        .anyMatch(table -> lake.version(table) > version);
  }

  /**
   * The items behind a reason, by place.
   *
   * @param reason code of a reason, or a state
   * @param limit items at most
   * @throws LakehouseException CONFIG_INVALID if no item has it
   */
  public ReasonPage behind(String reason, int limit) {
    NextRelease next = NextRelease.of(lake, families(), lake.releases());
    List<Item> found = new ArrayList<>();
    TreeSet<String> known = new TreeSet<>();
    states(next)
        .forEach(
            Detail.NAMED,
            item -> {
              known.addAll(item.reasons());
              if (item.is(reason)) {
                found.add(item);
              }
            });
    if (found.isEmpty() && !LakeStatus.STATES.contains(reason)) {
      throw nobody(reason, List.copyOf(known));
    }
    found.sort(Item.BY_PLACE);
    return new ReasonPage(reason, found.size(), found.stream().limit(limit).toList());
  }

  private static LakehouseException nobody(String reason, List<String> known) {
    return LakehouseException.of(
        ErrorCode.CONFIG_INVALID,
        "No item has reason '%s'.%s 'lakehouse status' counts them",
        reason,
        known.isEmpty()
            ? ""
            : " Did you mean %s? There are %s,"
                .formatted(Similar.to(reason, known), String.join(", ", known)));
  }

  /** The assets that wait for a reviewer, by place, at most so many. */
  public WaitingPage waiting(int limit) {
    return WaitingPage.of(lake, limit);
  }
}
