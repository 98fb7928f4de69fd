// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch.settled;

import dev.lakehouse.core.connect.ItemJoin;
import dev.lakehouse.core.connect.Offer;
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
 * which they were read, and what could not be taken then either. It asks what ingest asks, of as
 * many items as one process holds with ease.
 *
 * @param source to look at
 * @param options how it would be ingested
 * @param plan by which it would be
 */
public record UnchangedSource(Source source, IngestOptions options, IngestPlan plan) {
  private static final int MOST_ITEMS = 250_000;
  private static final long MOST_CHARACTERS = 64L << 20; // of parts, which are joined in memory

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
    try (Stream<SourceItem> items = source.items()) {
      return whole(items.iterator()).flatMap(whole -> look(whole, sighted));
    }
  }

  private Optional<IngestResult> look(Iterator<SourceItem> items, Sighted sighted) {
    ItemMark marks = new ItemMark(plan);
    Set<String> taken = new HashSet<>();
    Set<String> refused = new HashSet<>();
    while (items.hasNext()) {
      SourceItem item = items.next();
      boolean refuses = item.offer() instanceof Offer.Refused;
      boolean same = refuses ? sighted.hasLetter(item) : sighted.hasMark(item, marks);
      if (!same || !(refuses ? refused : taken).add(item.key())) {
        return Optional.empty();
      }
    }
    boolean mayLeave = options.vanished() == Vanished.MARK_GONE || source.hasParts();
    boolean leaves = mayLeave && taken.size() != sighted.assets();
    return taken.isEmpty() || leaves || refused.size() != sighted.letters().size()
        ? Optional.empty()
        : Optional.of(unread(taken.size(), refused.size()));
  }

  /** Items of which none is a part of another; empty where those do not fit here. */
  private Optional<Iterator<SourceItem>> whole(Iterator<SourceItem> items) {
    if (!source.hasParts()) {
      return Optional.of(items);
    }
    List<SourceItem> parts = new ArrayList<>();
    long characters = 0;
    while (items.hasNext()) {
      SourceItem part = items.next();
      parts.add(part);
      characters += characters(part);
      if (parts.size() > MOST_ITEMS || characters > MOST_CHARACTERS) {
        return Optional.empty();
      }
    }
    return Optional.of(ItemJoin.all(parts).iterator());
  }

  /** What of a part may be long. */
  private static long characters(SourceItem part) {
    long text = part.offer() instanceof Offer.Text inline ? inline.text().length() : 0;
    return text
        + part.description().captions().stream().mapToLong(String::length).sum()
        + part.description().facts().values().stream().mapToLong(String::length).sum();
  }

  private IngestResult unread(long items, long refused) {
    return new IngestResult(
        source.name(),
        items + refused,
        0,
        0,
        items,
        items,
        refused,
        0,
        source.passedOver(),
        source.reading());
  }
}
