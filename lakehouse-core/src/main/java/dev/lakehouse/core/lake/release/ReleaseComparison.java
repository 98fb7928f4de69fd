// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.release;

import static java.util.Comparator.comparingLong;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Json;
import dev.lakehouse.core.PlainRow;
import dev.lakehouse.core.Table;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.lake.CatalogTable;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.release.ReleaseDifference.Example;
import dev.lakehouse.core.lake.release.ReleaseDifference.Kind;
import dev.lakehouse.core.lake.release.ReleaseDifference.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Compares the catalogs of two releases, without Spark. Each is read twice: once for a number of 64
 * bits an asset, and once more for what changed. Vectors are not read: the encoder that made one,
 * and the content, say whether it is another.
 */
public final class ReleaseComparison {
  /** Of so many changed assets the columns are compared. */
  private static final int COLUMNS_OF = 100_000;

  /** What another judgement changes of a row although readers see the same. */
  private static final Set<String> SAYS_NOTHING =
      Set.of("judgement_id", "policy_digest", "trace_id");

  private final LakeReader lake;
  private final Optional<Release> from;
  private final Release to;
  private final Table compared;
  private final int each;

  private final Map<String, Long> removed = new HashMap<>(); // rows of before, until met again
  private final Set<String> added = new HashSet<>();
  private final Set<String> changed = new HashSet<>();
  private long same;

  private ReleaseComparison(LakeReader lake, Optional<Release> from, Release to, int each) {
    this.lake = lake;
    this.from = from;
    this.to = to;
    this.each = each;
    Table catalog = lake.catalog();
    List<String> families = CatalogTable.familiesIn(catalog.names());
    List<String> vectors = families.stream().map(CatalogTable::vector).toList();
    this.compared =
        catalog.select(
            catalog.names().stream()
                .filter(name -> !vectors.contains(name) && !SAYS_NOTHING.contains(name))
                .toList());
  }

  /**
   * The difference.
   *
   * @param from empty to compare with a lake in which nothing was published
   * @param each examples of each kind, at most
   */
  public static ReleaseDifference of(
      LakeReader lake, Optional<Release> from, Release to, int each) {
    return new ReleaseComparison(lake, from, to, each).difference();
  }

  private ReleaseDifference difference() {
    before((id, row) -> removed.put(id, number(PlainRow.of(compared, row))));
    after(this::meet);
    Details details = new Details();
    if (!changed.isEmpty() || !removed.isEmpty()) {
      before(details::before);
    }
    if (!changed.isEmpty() || !added.isEmpty()) {
      after(details::after);
    }
    return new ReleaseDifference(
        from,
        to,
        added.size(),
        removed.size(),
        changed.size(),
        same,
        details.columns,
        details.counted,
        details.reasons(),
        details.examples());
  }

  private void before(BiConsumer<String, Values> visitor) {
    from.ifPresent(release -> rows(release, visitor));
  }

  private void after(BiConsumer<String, Values> visitor) {
    rows(to, visitor);
  }

  private void rows(Release release, BiConsumer<String, Values> visitor) {
    lake.forEachAt(
        lake.catalog(),
        release.catalogVersion(),
        compared.names(),
        row -> visitor.accept(row.require("asset_id", String.class), row));
  }

  private void meet(String id, Values row) {
    Long before = removed.remove(id);
    if (before == null) {
      added.add(id);
    } else if (before == number(PlainRow.of(compared, row))) {
      same++;
    } else {
      changed.add(id);
    }
  }

  private static long number(Object value) {
    return Long.parseUnsignedLong(Digests.sha256(Json.line(value)).substring(0, 16), 16);
  }

  /** What is told of the assets that are not the same. */
  private final class Details {
    private final Map<String, Map<String, Long>> rowsBefore = new HashMap<>();
    private final Map<String, Long> columns = new TreeMap<>();
    private final Map<Kind, TreeMap<String, Example>> examples = new TreeMap<>(); // by asset
    private final Map<String, List<String>> verdicts = verdicts();
    private final Map<String, Long> reasons = new TreeMap<>();
    private long counted;

    void before(String id, Values row) {
      if (removed.containsKey(id)) {
        List<String> why = verdicts.getOrDefault(id, List.of("GONE"));
        why.forEach(reason -> reasons.merge(reason, 1L, Long::sum));
        keep(Kind.REMOVED, row, List.of(), why);
      } else if (changed.contains(id) && rowsBefore.size() < COLUMNS_OF) {
        rowsBefore.put(id, numbers(row));
      }
    }

    /** What the last judgement says of what was removed. */
    private Map<String, List<String>> verdicts() {
      Map<String, List<String>> found = new HashMap<>();
      if (!removed.isEmpty()) {
        lake.forEach(
            Tables.VERDICTS,
            List.of("asset_id", "verdict_status", "reasons"),
            row -> {
              String id = row.require("asset_id", String.class);
              if (removed.containsKey(id)) {
                found.put(id, verdict(row));
              }
            });
      }
      return found;
    }

    private static List<String> verdict(Values row) {
      List<?> reasons = row.require("reasons", List.class);
      return row.text("verdict_status").filter("pass"::equals).isPresent()
          ? List.of("PASSES")
          : reasons.stream().map(String::valueOf).toList();
    }

    void after(String id, Values row) {
      if (added.contains(id)) {
        keep(Kind.ADDED, row, List.of(), List.of());
      } else if (changed.contains(id)) {
        List<String> otherwise = otherwise(id, row);
        otherwise.forEach(column -> columns.merge(column, 1L, Long::sum));
        keep(Kind.CHANGED, row, otherwise, List.of());
      }
    }

    private List<String> otherwise(String id, Values row) {
      Map<String, Long> then = rowsBefore.remove(id);
      if (then == null) {
        return List.of();
      }
      counted++;
      List<String> names = new ArrayList<>();
      numbers(row)
          .forEach(
              (column, number) -> {
                if (!number.equals(then.get(column))) {
                  names.add(column);
                }
              });
      names.sort(null);
      return names;
    }

    private Map<String, Long> numbers(Values row) {
      Map<String, Long> numbers = new HashMap<>();
      PlainRow.of(compared, row)
          .forEach((column, value) -> numbers.put(column, number(Optional.ofNullable(value))));
      return numbers;
    }

    private void keep(Kind kind, Values row, List<String> otherwise, List<String> why) {
      TreeMap<String, Example> first = examples.computeIfAbsent(kind, any -> new TreeMap<>());
      String id = row.require("asset_id", String.class);
      first.put(
          id,
          new Example(
              kind,
              id,
              row.require("modality", String.class),
              row.text("title"),
              row.require("source_uri", String.class),
              otherwise,
              why));
      if (first.size() > each) {
        first.pollLastEntry();
      }
    }

    List<Reason> reasons() {
      return reasons.entrySet().stream()
          .map(reason -> new Reason(reason.getKey(), reason.getValue()))
          .sorted(comparingLong(Reason::count).reversed().thenComparing(Reason::reason))
          .toList();
    }

    List<Example> examples() {
      return examples.values().stream().flatMap(kind -> kind.values().stream()).toList();
    }
  }
}
