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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The largest groups of assets that are the same, and who is kept of each. */
final class CopySurvey {
  private static final int CLUSTERS = 16; // of a kind
  private static final int MEMBERS = 6;

  /** One group, by its kind and id. */
  private record Name(String kind, String cluster) {}

  /** A group that is shown. */
  private static final class Group {
    private final int size;
    private final String evidence;
    private final Nearest members = new Nearest(MEMBERS);

    Group(int size, String evidence) {
      this.size = size;
      this.evidence = evidence;
    }
  }

  private final Verdicts verdicts;
  private final Map<Name, Group> groups = new LinkedHashMap<>();
  private long clusters;
  private long members;

  CopySurvey(LakeReader lake, Verdicts verdicts) {
    this.verdicts = verdicts;
    choose(lake);
    if (!groups.isEmpty()) {
      fill(lake);
    }
  }

  private static Name name(Values row) {
    return new Name(row.require("kind", String.class), row.require("cluster_id", String.class));
  }

  private void choose(LakeReader lake) {
    Map<String, Nearest> largest = new HashMap<>(); // by kind
    Map<Name, Group> found = new HashMap<>();
    Set<Name> seen = new HashSet<>();
    lake.forEach(
        Tables.DUPLICATES,
        List.of("kind", "cluster_id", "cluster_size", "evidence"),
        row -> {
          Name name = name(row);
          members++;
          if (seen.add(name)) {
            int size = row.require("cluster_size", Integer.class);
            Nearest kind = largest.computeIfAbsent(name.kind(), each -> new Nearest(CLUSTERS));
            if (kind.wants(-size)) {
              kind.offer(-size, name.cluster(), "");
              found.put(name, new Group(size, row.require("evidence", String.class)));
            }
          }
        });
    clusters = seen.size();
    largest.forEach(
        (kind, chosen) ->
            chosen.inOrder().stream()
                .map(pick -> new Name(kind, pick.assetId()))
                .forEach(
                    name ->
                        Optional.ofNullable(found.get(name))
                            .ifPresent(group -> groups.put(name, group))));
  }

  /** Of a group its keeper is always shown. */
  private void fill(LakeReader lake) {
    Map<Name, Set<String>> keepers = new HashMap<>();
    Map<Name, List<String>> all = new HashMap<>();
    lake.forEach(
        Tables.DUPLICATES,
        List.of("kind", "cluster_id", "asset_id"),
        row -> {
          Name name = name(row);
          if (groups.containsKey(name)) {
            String id = row.require("asset_id", String.class);
            all.computeIfAbsent(name, each -> new ArrayList<>()).add(id);
            verdicts
                .keeper(id)
                .ifPresent(
                    keeper -> keepers.computeIfAbsent(name, each -> new HashSet<>()).add(keeper));
          }
        });
    all.forEach(
        (name, ids) -> {
          Set<String> kept = keepers.getOrDefault(name, Set.of());
          Group group = groups.get(name);
          if (group != null) {
            ids.forEach(id -> group.members.offer(kept.contains(id) ? 0 : 1, id, ""));
          }
        });
  }

  void want(Showcase showcase) {
    groups.values().forEach(group -> showcase.want(group.members.inOrder()));
  }

  Copies told(Showcase showcase) {
    List<Cluster> shown = new ArrayList<>();
    groups.forEach(
        (name, group) ->
            shown.add(
                new Cluster(name.kind(), group.evidence, group.size, members(group, showcase))));
    return new Copies(clusters, members, shown);
  }

  private List<Member> members(Group group, Showcase showcase) {
    List<Member> shown = new ArrayList<>();
    for (Nearest.Pick pick : group.members.inOrder()) {
      showcase
          .find(pick.assetId(), "")
          .ifPresent(item -> shown.add(new Member(item.with(item.place()), fate(pick))));
    }
    return shown;
  }

  private Fate fate(Nearest.Pick pick) {
    if (verdicts.keeper(pick.assetId()).isPresent()) {
      return Fate.COPY;
    }
    return verdicts.passes(pick.assetId()) ? Fate.KEPT : Fate.OUT;
  }
}
