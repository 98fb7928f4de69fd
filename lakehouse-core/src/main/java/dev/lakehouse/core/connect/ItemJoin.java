// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import dev.lakehouse.core.ItemError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Makes one item of the parts of one: rows of one key, or of one picture.
 *
 * <p>Two passes over sorted items, so that each can follow a shuffle. What is refused stands under
 * its own place, so that the others are not lost with it.
 */
public final class ItemJoin {
  /** Rows of one picture beyond which the mapping is more likely wrong than the picture popular. */
  public static final int MAX_PARTS = 10_000;

  private static final Comparator<SourceItem> BY_KEY =
      Comparator.comparing(SourceItem::key)
          .thenComparing(item -> item.offer() instanceof Offer.Refused)
          .thenComparing(SourceItem::place);

  private static final Comparator<SourceItem> BY_THING =
      Comparator.comparing(ItemJoin::thing).thenComparing(SourceItem::place);

  private ItemJoin() {}

  /** All of a source at once, in the order of what stands first; for as many as memory holds. */
  public static List<SourceItem> all(List<SourceItem> items) {
    List<SourceItem> sorted = new ArrayList<>(items);
    sorted.sort(BY_KEY);
    List<SourceItem> settled = new ArrayList<>();
    settled(sorted.iterator()).forEachRemaining(settled::add);
    settled.sort(BY_THING);
    List<SourceItem> joined = new ArrayList<>();
    joined(settled.iterator()).forEachRemaining(joined::add);
    joined.sort(Comparator.comparing(SourceItem::place));
    return joined;
  }

  /**
   * The first pass: of the items of one key those that mean another content than the first are
   * refused.
   *
   * @param byKey items of one key stand together, in the order of their places, refused ones last
   */
  public static Iterator<SourceItem> settled(Iterator<SourceItem> byKey) {
    return new Iterator<>() {
      private Optional<SourceItem> first = Optional.empty();

      @Override
      public boolean hasNext() {
        return byKey.hasNext();
      }

      @Override
      public SourceItem next() {
        SourceItem item = byKey.next();
        if (first.isPresent() && first.get().key().equals(item.key())) {
          return settled(first.get(), item);
        }
        first = Optional.of(item);
        return item;
      }
    };
  }

  /**
   * The second pass: items of one file, or else of one key, are one item. Its key is the first's,
   * its captions are those of all.
   *
   * @param byThing items of one file, or else of one key, stand together in the order of their
   *     places
   */
  public static Iterator<SourceItem> joined(Iterator<SourceItem> byThing) {
    return new Iterator<>() {
      private Optional<SourceItem> ahead = step();

      private Optional<SourceItem> step() {
        return byThing.hasNext() ? Optional.of(byThing.next()) : Optional.empty();
      }

      @Override
      public boolean hasNext() {
        return ahead.isPresent();
      }

      @Override
      public SourceItem next() {
        SourceItem first = ahead.orElseThrow(NoSuchElementException::new);
        List<SourceItem> parts = new ArrayList<>();
        for (; ahead.filter(item -> thing(item).equals(thing(first))).isPresent(); ahead = step()) {
          if (parts.size() <= MAX_PARTS) {
            parts.add(ahead.get());
          }
        }
        return one(parts);
      }
    };
  }

  private static String thing(SourceItem item) {
    return item.offer().elsewhere().orElse("#" + item.key());
  }

  private static SourceItem settled(SourceItem first, SourceItem other) {
    if (other.offer() instanceof Offer.Refused refused) {
      return atItsPlace(other, refused);
    }
    if (other.offer().equals(first.offer())) {
      return other;
    }
    return atItsPlace(
        other,
        new Offer.Refused(
            ItemError.MALFORMED_ROW,
            "The id '%s' stands for %s in %s; here it is %s"
                .formatted(first.key(), content(first), first.place(), content(other))));
  }

  private static SourceItem atItsPlace(SourceItem item, Offer.Refused why) {
    return new SourceItem(
        item.source(),
        item.place().key(),
        item.place().uri(),
        why,
        Description.none(),
        item.place());
  }

  private static String content(SourceItem item) {
    return item.offer() instanceof Offer.Bytes bytes
        ? bytes + " of its own"
        : item.offer().elsewhere().map(UriNames::lastName).orElse("a text of its own");
  }

  private static SourceItem one(List<SourceItem> parts) {
    SourceItem first = parts.get(0);
    if (parts.size() == 1) {
      return first;
    }
    if (parts.size() > MAX_PARTS) {
      return refused(
          first,
          "More than %d rows name it, from %s on; --map probably names the wrong field"
              .formatted(MAX_PARTS, first.place()));
    }
    Optional<String> conflict = Parts.conflict(parts);
    return conflict.map(why -> refused(first, why)).orElseGet(() -> first.saying(Parts.sum(parts)));
  }

  private static SourceItem refused(SourceItem item, String why) {
    return new SourceItem(
        item.source(),
        item.key(),
        item.sourceUri(),
        new Offer.Refused(ItemError.MALFORMED_ROW, why),
        Description.none(),
        item.place());
  }
}
