// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.state;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.Family;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.watch.state.NextCatalog.Fate;
import dev.lakehouse.core.watch.state.NextCatalog.Passed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the next publish would do to what readers see.
 *
 * @param served ids of what the current release serves, each with the digest of its row
 * @param passed what passed; empty where nothing changed since the current release
 * @param isCurrent whether nothing changed since
 * @param withdrawn a release that was withdrawn and is what the next would be: publishing does not
 *     bring it back
 */
record NextRelease(
    Map<String, Integer> served,
    Map<String, Passed> passed,
    boolean isCurrent,
    Optional<Long> withdrawn) {

  static NextRelease of(LakeReader lake, FamiliesInUse families, List<Release> releases) {
    Optional<Release> current = Release.current(releases);
    NextCatalog catalog = new NextCatalog(lake, families);
    if (current.filter(release -> isMadeOfTheSame(release, lake, families)).isPresent()) {
      return upToDate(lake, current.get());
    }
    Optional<Long> withdrawn =
        releases.stream()
            .filter(release -> !release.isReleased())
            .filter(release -> release.parent().equals(current.map(Release::id)))
            .filter(release -> isMadeOfTheSame(release, lake, families))
            .map(Release::sequence)
            .reduce((first, second) -> second);
    Map<String, Integer> served =
        current.map(Release::catalogVersion).map(catalog::served).orElse(Map.of());
    return new NextRelease(served, catalog.passed(), false, withdrawn);
  }

  private static NextRelease upToDate(LakeReader lake, Release current) {
    Map<String, Integer> served = new HashMap<>();
    lake.forEachAt(
        CatalogTable.FIRST,
        current.catalogVersion(),
        List.of("asset_id"),
        row -> served.put(row.require("asset_id", String.class), 0));
    return new NextRelease(served, Map.of(), true, Optional.empty());
  }

  /**
   * As publish asks it: the same versions, and the same encoders and parts of the same families.
   */
  private static boolean isMadeOfTheSame(Release release, LakeReader lake, FamiliesInUse families) {
    Map<String, String> released = new TreeMap<>();
    release
        .families()
        .forEach((Family each) -> released.put(each.name(), each.encoder() + " " + each.scope()));
    Map<String, String> wanted = new TreeMap<>(families.byFamily());
    wanted
        .keySet()
        .removeIf(
            family ->
                release.familiesOff().stream()
                    .anyMatch(off -> off.startsWith(family + ": nothing")));
    return release.filteredVersion() == lake.version(Tables.FILTERED)
        && release.embeddingsVersion() == lake.version(Tables.EMBEDDINGS)
        && wanted.equals(released);
  }

  Set<String> servedIds() {
    return served.keySet();
  }

  /** What becomes of an asset; empty where it did not pass, or where nothing changes. */
  Optional<Fate> fate(String id) {
    return Optional.ofNullable(passed.get(id)).map(Passed::fate);
  }

  private boolean isFit(String id) {
    return fate(id).filter(fate -> fate == Fate.PUBLISH).isPresent();
  }

  /** Whether a published asset stays. */
  boolean keeps(String id) {
    return isCurrent || isFit(id);
  }

  /** How many assets are fit to be in the next release. */
  long fit() {
    return isCurrent ? served.size() : passed.keySet().stream().filter(this::isFit).count();
  }

  long added() {
    return passed.keySet().stream()
        .filter(id -> !served.containsKey(id))
        .filter(this::isFit)
        .count();
  }

  long removed() {
    return served.keySet().stream().filter(id -> !keeps(id)).count();
  }

  long changed() {
    return isCurrent
        ? 0
        : served.entrySet().stream()
            .filter(row -> isFit(row.getKey()) && differs(row.getKey(), row.getValue()))
            .count();
  }

  private boolean differs(String id, int row) {
    return Optional.ofNullable(passed.get(id)).filter(next -> next.row() == row).isEmpty();
  }
}
