// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import static java.util.stream.Collectors.toSet;

import dev.lakehouse.core.PlainRow;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.curate.Decision;
import dev.lakehouse.core.curate.Rule;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.PolicyText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What waits, with the rows that tell of it, at one version of each table.
 *
 * @param versions of the tables that it was made of, by name
 * @param list what waits
 * @param rules of the policy that judged, by name
 * @param assets rows of assets
 * @param figures rows of measurements
 * @param decisions the last on each asset that waits: a judgement that had taken it up would not
 *     let it wait
 */
record WaitingView(
    Map<String, Long> versions,
    WaitingList list,
    Map<String, Rule> rules,
    WaitingRows assets,
    WaitingRows figures,
    Map<String, Decision> decisions) {
  private static final int TEXT_SHOWN = 2_000;
  private static final int CAPTIONS_SHOWN = 5;
  private static final String ID = "asset_id";
  private static final String SHA256 = "sha256";

  /** Of an asset, what a reviewer wants to know. */
  private static final Table SHOWN =
      Tables.ASSETS.select(
          List.of(
              "title",
              "modality",
              "media_type",
              "name_media_type",
              "size_bytes",
              "language",
              "licence",
              "consent",
              "sensitivity",
              "source",
              "key",
              "facts"));

  /** What rows of figures say beside figures. */
  private static final Set<String> NO_FIGURES = Set.of(SHA256, "probe", "attempts", "run");

  private static final Pattern WORD = Pattern.compile("[a-z][a-z0-9_]*");

  /** Looks at a lake; what has not changed since another look is taken from there. */
  static WaitingView of(LakeReader lake, Optional<WaitingView> before) {
    Map<String, Long> versions = new HashMap<>();
    for (Table table :
        List.of(Tables.VERDICTS, Tables.ASSETS, Kinds.MEASUREMENTS, Tables.DECISIONS)) {
      versions.put(table.name(), lake.version(table));
    }
    if (before.filter(view -> view.versions.equals(versions)).isPresent()) {
      return before.get();
    }
    Optional<WaitingView> same = before.filter(view -> view.isAt(versions, Tables.VERDICTS));
    WaitingList list = same.map(WaitingView::list).orElseGet(() -> WaitingList.of(lake));
    return new WaitingView(
        Map.copyOf(versions),
        list,
        same.map(WaitingView::rules).orElseGet(() -> rules(lake)),
        same.filter(view -> view.isAt(versions, Tables.ASSETS))
            .map(WaitingView::assets)
            .orElseGet(() -> places(lake, Tables.ASSETS, ID, ids(list, WaitingAsset::assetId))),
        same.filter(view -> view.isAt(versions, Kinds.MEASUREMENTS))
            .map(WaitingView::figures)
            .orElseGet(
                () -> places(lake, Kinds.MEASUREMENTS, SHA256, ids(list, WaitingAsset::sha256))),
        decisions(lake, list));
  }

  private boolean isAt(Map<String, Long> others, Table table) {
    return Objects.equals(versions.get(table.name()), others.get(table.name()));
  }

  private static Set<String> ids(WaitingList list, Function<WaitingAsset, String> id) {
    return list.all().stream().map(id).collect(toSet());
  }

  private static WaitingRows places(LakeReader lake, Table table, String key, Set<String> wanted) {
    return new WaitingRows(
        table,
        wanted.isEmpty()
            ? Optional.empty()
            : lake.find(table).map(version -> RowPlaces.of(version, key, wanted)));
  }

  private static Map<String, Rule> rules(LakeReader lake) {
    Map<String, Rule> rules = new HashMap<>();
    lake.lastNote(Tables.VERDICTS, "judge")
        .flatMap(note -> note.find("policy"))
        .flatMap(digest -> PolicyText.find(lake, digest))
        .ifPresent(policy -> policy.rules().forEach(rule -> rules.put(rule.name(), rule)));
    Kinds.PROBES.contract().forEach(rule -> rules.put(rule.name(), rule));
    return rules;
  }

  private static Map<String, Decision> decisions(LakeReader lake, WaitingList list) {
    Map<String, Decision> last = new HashMap<>();
    if (list.count() > 0) {
      lake.forEach(
          Tables.DECISIONS,
          Tables.DECISIONS.names(),
          row -> {
            String id = row.require(ID, String.class);
            if (list.find(id).isPresent()) {
              last.merge(
                  id,
                  Decision.of(row),
                  (one, other) -> Decision.ORDER.compare(one, other) > 0 ? one : other);
            }
          });
    }
    return last;
  }

  /** Whether anything was ever judged. */
  boolean isJudged() {
    return versions.getOrDefault(Tables.VERDICTS.name(), LakeReader.ABSENT) != LakeReader.ABSENT;
  }

  long decided() {
    return decisions.size();
  }

  Optional<Decision> decision(String assetId) {
    return Optional.ofNullable(decisions.get(assetId));
  }

  /** The row of an asset; empty where its content is not the one that was judged. */
  Optional<Values> row(WaitingAsset asset) {
    return row(asset, assets.of(List.of(asset.assetId())));
  }

  private static Optional<Values> row(WaitingAsset asset, Map<String, List<Values>> rows) {
    return rows.getOrDefault(asset.assetId(), List.of()).stream()
        .findFirst()
        .filter(row -> row.require("state", String.class).equals("active"))
        .filter(row -> row.require(SHA256, String.class).equals(asset.sha256()));
  }

  /** All that a reviewer is shown of some. */
  List<Map<String, Object>> describe(List<WaitingAsset> page) {
    Map<String, List<Values>> rows = assets.of(page.stream().map(WaitingAsset::assetId).toList());
    Map<String, List<Values>> measured =
        figures.of(page.stream().map(WaitingAsset::sha256).toList());
    return page.stream()
        .map(
            asset ->
                describe(
                    asset,
                    row(asset, rows),
                    filled(measured.getOrDefault(asset.sha256(), List.of()))))
        .toList();
  }

  private Map<String, Object> describe(
      WaitingAsset asset, Optional<Values> row, Map<String, Object> figures) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put(ID, asset.assetId());
    json.put("source_uri", asset.sourceUri());
    json.put("reasons", asset.reasons());
    json.put("is_current", row.isPresent());
    row.ifPresent(found -> json.putAll(shown(found)));
    json.put("figures", figures);
    json.put("rules", asset.rules().stream().map(name -> rule(name, row, figures)).toList());
    json.put("decision", decision(asset.assetId()).map(WaitingView::said).orElse(null));
    return json;
  }

  private static Map<String, Object> shown(Values row) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>(PlainRow.of(SHOWN, row));
    String text = row.text("text").orElse("");
    shown.put("text", cut(text));
    shown.put("text_cut", text.length() > TEXT_SHOWN);
    List<?> captions = row.require("captions", List.class);
    shown.put(
        "captions",
        captions.stream()
            .limit(CAPTIONS_SHOWN)
            .map(caption -> cut(String.valueOf(((Object[]) caption)[0])))
            .toList());
    return shown;
  }

  /** At most so many characters, none of them half. */
  private static String cut(String text) {
    if (text.length() <= TEXT_SHOWN) {
      return text;
    }
    boolean isHalf = Character.isHighSurrogate(text.charAt(TEXT_SHOWN - 1));
    return text.substring(0, isHalf ? TEXT_SHOWN - 1 : TEXT_SHOWN);
  }

  private static Map<String, Object> filled(List<Values> measured) {
    Map<String, Object> filled = new LinkedHashMap<>();
    measured.forEach(row -> filled.putAll(PlainRow.of(Kinds.MEASUREMENTS, row)));
    filled.keySet().removeAll(NO_FIGURES);
    filled.values().removeIf(value -> value == null);
    return filled;
  }

  /** A rule with the values of the columns that it names. */
  private Map<String, Object> rule(String name, Optional<Values> row, Map<String, Object> figures) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("name", name);
    Rule rule = rules.get(name);
    json.put("severity", rule == null ? "" : rule.severity().name().toLowerCase(Locale.ROOT));
    json.put("require", rule == null ? "" : rule.require());
    Map<String, Object> values = new LinkedHashMap<>();
    for (String word : rule == null ? List.<String>of() : words(rule.require())) {
      Optional.ofNullable(figures.get(word))
          .or(() -> row.filter(each -> SHOWN.names().contains(word)).flatMap(r -> r.find(word)))
          .ifPresent(value -> values.put(word, value));
    }
    json.put("values", values);
    return json;
  }

  private static List<String> words(String condition) {
    List<String> words = new ArrayList<>();
    WORD.matcher(condition).results().forEach(found -> words.add(found.group()));
    return words.stream().distinct().toList();
  }

  private static Map<String, Object> said(Decision decision) {
    return Map.of(
        "decision", decision.word(),
        "reason", decision.reason(),
        "reviewer", decision.reviewer(),
        "decided_at", decision.decidedAt().toString());
  }
}
