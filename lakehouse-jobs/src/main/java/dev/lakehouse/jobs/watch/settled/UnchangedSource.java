// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch.settled;

import dev.lakehouse.core.connect.ItemJoin;
import dev.lakehouse.core.connect.Source;
import dev.lakehouse.core.connect.SourceItem;
import dev.lakehouse.core.content.intake.IngestPlan;
import dev.lakehouse.core.content.intake.ItemMark;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.jobs.content.IngestOptions;
import dev.lakehouse.jobs.content.IngestOptions.Known;
import dev.lakehouse.jobs.content.IngestOptions.Vanished;
import dev.lakehouse.jobs.content.IngestResult;
import dev.lakehouse.jobs.content.TableSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks, without Spark, whether a source has nothing but files that are in the lake in the state in
 * which they were read. It asks what ingest asks, of as many items as one process holds with ease.
 *
 * @param source to look at
 * @param options how it would be ingested
 * @param plan by which it would be
 */
public record UnchangedSource(Source source, IngestOptions options, IngestPlan plan) {
  private static final int MOST_ITEMS = 250_000;
  private static final int MOST_PARTS = 20_000; // they are joined in memory

  /**
   * What ingest would say of the source, which has nothing new; empty where it has, or where that
   * takes more to find out.
   *
   * @throws dev.lakehouse.core.LakehouseException if the source can no longer be read
   */
  public Optional<IngestResult> look(LakeReader lake) {
    boolean seen = options.known() == Known.BELIEVED && !source.isFetched();
    if (!seen || source instanceof TableSource) {
      return Optional.empty();
    }
    return Sighted.of(lake, source.name(), MOST_ITEMS).flatMap(this::look);
  }

  private Optional<IngestResult> look(Sighted sighted) {
    ItemMark marks = new ItemMark(plan);
    Set<String> keys = new HashSet<>();
    try (Stream<SourceItem> items = source.items()) {
      Optional<Iterator<SourceItem>> whole = whole(items.iterator());
      if (whole.isEmpty()) {
        return Optional.empty();
      }
      for (Iterator<SourceItem> each = whole.get(); each.hasNext(); ) {
        SourceItem item = each.next();
        Optional<String> mark = sighted.mark(item.key());
        if (!keys.add(item.key()) || mark.isEmpty() || !marks.now(item).equals(mark)) {
          return Optional.empty();
        }
      }
    }
    boolean mayLeave = options.vanished() == Vanished.MARK_GONE || source.hasParts();
    return keys.isEmpty() || (mayLeave && keys.size() != sighted.assets())
        ? Optional.empty()
        : Optional.of(unread(keys.size()));
  }

  /** Items of which none is a part of another; none where those do not fit here. */
  private Optional<Iterator<SourceItem>> whole(Iterator<SourceItem> items) {
    if (!source.hasParts()) {
      return Optional.of(items);
    }
    List<SourceItem> parts = new ArrayList<>();
    while (items.hasNext() && parts.size() <= MOST_PARTS) {
      parts.add(items.next());
    }
    return parts.size() > MOST_PARTS
        ? Optional.empty()
        : Optional.of(ItemJoin.all(parts).iterator());
  }

  private IngestResult unread(long items) {
    return new IngestResult(
        source.name(), items, 0, 0, items, items, 0, 0, source.passedOver(), source.reading());
  }
}
