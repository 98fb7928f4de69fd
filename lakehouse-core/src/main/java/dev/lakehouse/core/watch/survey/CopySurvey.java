// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.watch.report.Copies;
import dev.lakehouse.core.watch.report.Copies.Cluster;
import dev.lakehouse.core.watch.report.Copies.Fate;
import dev.lakehouse.core.watch.report.Copies.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The largest groups of assets that are the same, and who is kept of each. It hears of the rows
 * three times: which groups are the largest, who is in these, and of which modality they are.
 */
final class CopySurvey {
  private static final int CLUSTERS = 16; // of a kind
  private static final int MEMBERS = 6;

  private static final List<String> ROW = Tables.DUPLICATES.names();

  /** Bytes that are there more than once; those of two modalities are two groups. */
  private record Alike(String kind, String cluster) {
    static Alike of(Values row) {
      return new Alike(row.require("kind", String.class), row.require("cluster_id", String.class));
    }
  }

  /** An asset of one of the largest groups. */
  private record Row(Alike alike, int size, String evidence, String assetId) {}

  /** A group that is shown. */
  private record Group(String kind, int size, String evidence, List<String> members) {}

  private final Verdicts verdicts;
  private final Map<Integer, Long> sizes = new HashMap<>(); // rows by the size of their group
  private final Map<String, Nearest> largest = new TreeMap<>(); // by kind
  private final Set<Alike> chosen = new HashSet<>();
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, String> modalities = new HashMap<>(); // by asset
  private final List<Group> groups = new ArrayList<>();

  /** One that has seen nothing yet. */
  CopySurvey(Verdicts verdicts) {
    this.verdicts = verdicts;
  }

  /** Reads them. */
  static CopySurvey of(LakeReader lake, Verdicts verdicts) {
    CopySurvey survey = new CopySurvey(verdicts);
    lake.forEach(Tables.DUPLICATES, ROW, survey::size);
    survey.choose();
    lake.forEach(Tables.DUPLICATES, ROW, survey::member);
    lake.forEach(Tables.ASSETS, List.of("asset_id", "modality"), survey::modality);
    survey.end();
    return survey;
  }

  /** Hears of a row, before any is chosen. */
  void size(Values row) {
    int size = row.require("cluster_size", Integer.class);
    sizes.merge(size, 1L, Long::sum);
    Alike alike = Alike.of(row);
    Nearest kind = largest.computeIfAbsent(alike.kind(), each -> new Nearest(CLUSTERS));
    if (kind.wants(-size)) {
      kind.offer(-size, alike.cluster(), "");
    }
  }

  /** All sizes are known. */
  void choose() {
    largest.forEach(
        (kind, best) ->
            best.inOrder().forEach(pick -> chosen.add(new Alike(kind, pick.assetId()))));
  }

  /** Hears of a row again. */
  void member(Values row) {
    Alike alike = Alike.of(row);
    if (chosen.contains(alike)) {
      String id = row.require("asset_id", String.class);
      rows.add(
          new Row(
              alike,
              row.require("cluster_size", Integer.class),
              row.require("evidence", String.class),
              id));
      modalities.put(id, "");
    }
  }

  /** Hears of an asset. */
  void modality(Values asset) {
    modalities.computeIfPresent(
        asset.require("asset_id", String.class),
        (id, unknown) -> asset.require("modality", String.class));
  }

  /** There is no more to hear of. */
  void end() {
    Map<String, List<Group>> found =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> List.of(row.alike(), modalities.getOrDefault(row.assetId(), ""))))
            .values()
            .stream()
            .map(this::group)
            .sorted(Comparator.comparingInt(Group::size).reversed().thenComparing(Group::evidence))
            .collect(Collectors.groupingBy(Group::kind, TreeMap::new, Collectors.toList()));
    found.values().stream().flatMap(ofKind -> ofKind.stream().limit(CLUSTERS)).forEach(groups::add);
    rows.clear();
    modalities.clear();
  }

  /** Of a group its keeper is always shown. */
  private Group group(Collection<Row> members) {
    Set<String> keepers = new HashSet<>();
    members.forEach(row -> verdicts.keeper(row.assetId()).ifPresent(keepers::add));
    Nearest shown = new Nearest(MEMBERS);
    members.forEach(row -> shown.offer(keepers.contains(row.assetId()) ? 0 : 1, row.assetId(), ""));
    Row first = members.iterator().next();
    return new Group(
        first.alike().kind(),
        first.size(),
        first.evidence(),
        shown.inOrder().stream().map(Nearest.Pick::assetId).toList());
  }

  void want(Showcase showcase) {
    groups.forEach(group -> showcase.wantAll(group.members()));
  }

  Copies told(Showcase showcase) {
    return new Copies(
        clusters(),
        sizes.values().stream().mapToLong(Long::longValue).sum(),
        groups.stream()
            .map(
                group ->
                    new Cluster(
                        group.kind(), group.evidence(), group.size(), members(group, showcase)))
            .toList());
  }

  /** Every member has a row, so the rows of a size are that many for each group. */
  private long clusters() {
    return sizes.entrySet().stream()
        .mapToLong(rows -> rows.getValue() / Math.max(1, rows.getKey()))
        .sum();
  }

  private List<Member> members(Group group, Showcase showcase) {
    List<Member> shown = new ArrayList<>();
    for (String id : group.members()) {
      showcase
          .find(id, "")
          .ifPresent(item -> shown.add(new Member(item.with(item.place()), fate(id))));
    }
    return shown;
  }

  private Fate fate(String id) {
    if (verdicts.keeper(id).isPresent()) {
      return Fate.COPY;
    }
    return verdicts.passes(id) ? Fate.KEPT : Fate.OUT;
  }
}
