// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.release;

import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.copy.IndexCopy;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The versions of tables and indexes that releases name, or that their audit reads. */
public final class NamedVersions {
  private final Map<String, Set<Long>> tables = new HashMap<>();
  private final Map<String, Map<String, Long>> indexes = new HashMap<>();

  /**
   * @param releases whose versions they are
   */
  public NamedVersions(LakeTables lake, List<Release> releases) {
    releases.forEach(release -> add(lake, release));
  }

  private void add(LakeTables lake, Release release) {
    add(Tables.PUBLISHED.name(), release.catalogVersion());
    add(Tables.FILTERED.name(), release.filteredVersion());
    add(Tables.EMBEDDINGS.name(), release.embeddingsVersion());
    lake.table(Tables.FILTERED)
        .history()
        .note(release.filteredVersion())
        .ifPresent(judgement -> judgement.inputs().forEach(this::add));
    for (Family family : release.families()) {
      indexes
          .computeIfAbsent(family.path(), path -> new HashMap<>())
          .put(family.lanceTag(), family.lanceVersion());
    }
  }

  private void add(String table, long version) {
    tables.computeIfAbsent(table, name -> new HashSet<>()).add(version);
  }

  /** Versions of a table. */
  public Set<Long> of(Table table) {
    return tables.getOrDefault(table.name(), Set.of());
  }

  /** Copies of an index in a store of such. */
  public Set<String> copies(String store) {
    return indexes.keySet().stream()
        .flatMap(path -> IndexCopy.at(path).stream())
        .filter(copy -> copy.store().equals(store))
        .map(IndexCopy::name)
        .collect(Collectors.toSet());
  }

  /** Versions of an index by their tag. */
  public Map<String, Long> ofIndex(String path) {
    return indexes.getOrDefault(path, Map.of());
  }
}
