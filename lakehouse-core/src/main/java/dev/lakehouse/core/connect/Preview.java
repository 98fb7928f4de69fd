// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import dev.lakehouse.core.ItemError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a source is understood, from its beginning; nothing is written.
 *
 * @param source its name
 * @param reading what was given or found out, by name
 * @param fields what a row has, if it has rows
 * @param entries how many rows, files or images were looked at
 * @param whole whether these are all
 * @param items how many items they are
 * @param first the first items that have content
 * @param problems what could not be taken
 */
public record Preview(
    String source,
    Map<String, String> reading,
    List<Field> fields,
    long entries,
    boolean whole,
    long items,
    List<Item> first,
    List<Problem> problems) {
  private static final int ENTRIES = 1_000;
  private static final int ITEMS_SHOWN = 5;
  private static final int FILES_TRIED = 100;

  /**
   * A field of the rows.
   *
   * @param role what it is mapped to; nothing becomes a fact
   */
  public record Field(String name, Optional<String> role) {}

  /**
   * An item.
   *
   * @param content its text, the URI of its file, or how many bytes stand in its row
   */
  public record Item(
      String key, String content, List<String> captions, Map<String, String> facts) {}

  /** Why an entry cannot be taken. */
  public record Problem(String key, String code, String message) {}

  /**
   * Looks at the beginning of a source.
   *
   * @param mapping of its fields; none where it has no rows
   */
  public static Preview of(
      Source source, Map<Role, String> mapping, Map<String, String> hadoopConf) {
    List<SourceItem> listed;
    try (Stream<SourceItem> items = source.items()) {
      listed = items.limit(ENTRIES + 1L).toList();
    }
    boolean whole = listed.size() <= ENTRIES;
    List<SourceItem> entries = whole ? listed : listed.subList(0, ENTRIES);
    List<SourceItem> items = source.hasParts() ? ItemJoin.all(entries) : entries;
    return new Preview(
        source.name(),
        source.reading(),
        source.fields().stream().map(name -> field(name, mapping)).toList(),
        entries.size(),
        whole,
        items.size(),
        items.stream()
            .filter(item -> !(item.offer() instanceof Offer.Refused))
            .limit(ITEMS_SHOWN)
            .map(Preview::item)
            .toList(),
        problems(items, hadoopConf));
  }

  private static Field field(String name, Map<Role, String> mapping) {
    return new Field(
        name,
        mapping.entrySet().stream()
            .filter(role -> role.getValue().equals(name))
            .map(role -> role.getKey().word())
            .sorted()
            .reduce((a, b) -> a + ", " + b));
  }

  private static Item item(SourceItem item) {
    String content = content(item.offer());
    Description said = item.description();
    return new Item(item.key(), content, said.captions(), said.facts());
  }

  private static String content(Offer offer) {
    if (offer instanceof Offer.Text text) {
      return text.text();
    }
    return offer.elsewhere().orElseGet(offer::toString);
  }

  private static List<Problem> problems(List<SourceItem> items, Map<String, String> hadoopConf) {
    List<Problem> problems = new ArrayList<>();
    int tried = 0;
    for (SourceItem item : items) {
      if (item.offer() instanceof Offer.Refused refused) {
        problems.add(new Problem(item.key(), refused.code().name(), refused.message()));
      } else if (item.offer() instanceof Offer.File file && tried++ < FILES_TRIED) {
        trouble(file, hadoopConf)
            .ifPresent(
                why -> problems.add(new Problem(item.key(), file.whenMissing().name(), why)));
      }
    }
    return problems;
  }

  private static Optional<String> trouble(Offer.File file, Map<String, String> hadoopConf) {
    try {
      new SourceFile(file.uri(), hadoopConf).state();
      return Optional.empty();
    } catch (FileNotFoundException e) {
      return Optional.of("No file " + file.uri());
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of("%s: %s".formatted(ItemError.SOURCE_UNREADABLE, e));
    }
  }
}
