// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content.intake;

import dev.lakehouse.core.Column;
import dev.lakehouse.core.Digests;
import dev.lakehouse.core.Values;
import dev.lakehouse.core.connect.Offer;
import dev.lakehouse.core.connect.SourceFile;
import dev.lakehouse.core.connect.SourceItem;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A digest of everything that decides how an item whose content is a file comes in: what its source
 * says of it, the state of the file, and how ingest reads. An item that has the mark of an asset
 * would become that asset again.
 */
public final class ItemMark {
  /**
   * Of what ingest makes of bytes: types, charsets, what is damaged. To be raised when it makes
   * something else of them, so that files are read again.
   */
  static final int VERSION = 2;

  /** The state of what stands in its source itself: the item says all of it. */
  static final String INLINE = "inline";

  /** Columns of an item that say nothing of what becomes of it. */
  private static final Set<String> SAYS_NOTHING =
      Set.of("listed", "place_file", "place_word", "place_number");

  private final IngestPlan plan;

  /** Marks as an ingest by a plan makes them. */
  public ItemMark(IngestPlan plan) {
    this.plan = plan;
  }

  /**
   * The mark of an item.
   *
   * @param state mark of the state of its file
   */
  String of(SourceItem item, String state) {
    StringBuilder all = new StringBuilder();
    add(all, "ingest " + VERSION);
    add(all, state);
    add(all, plan.mode());
    add(all, plan.limits().maxBytes());
    add(all, plan.limits().maxInlineText());
    Values said = item.toValues();
    for (Column column : SourceItem.TABLE.columns()) {
      if (!SAYS_NOTHING.contains(column.name())) {
        add(all, column.name());
        add(all, said.find(column.name()).map(ItemMark::ordered).orElse("-"));
      }
    }
    return Digests.sha256(all.toString());
  }

  /** Each part with its length, so that no two lists of parts look the same. */
  private static void add(StringBuilder all, Object part) {
    String written = String.valueOf(part);
    all.append(written.length()).append(':').append(written).append('\n');
  }

  private static Object ordered(Object value) {
    return value instanceof Map<?, ?> map ? new TreeMap<>(map) : value;
  }

  /** The mark that an item has now; none where nothing tells without reading its content. */
  public Optional<String> now(SourceItem item) {
    if (item.offer() instanceof Offer.Text) {
      return Optional.of(of(item, INLINE));
    }
    return item.offer() instanceof Offer.File file
        ? file.listed().or(() -> looked(file)).map(state -> of(item, state))
        : Optional.empty();
  }

  /** A file that cannot be looked at is read, which says why. */
  private Optional<String> looked(Offer.File offer) {
    try {
      Instant now = Instant.now();
      return new SourceFile(offer.uri(), plan.hadoopConf()).state().mark(now);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
