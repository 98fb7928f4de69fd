// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.folder;

import dev.lakehouse.core.connect.Offer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Walks a tree of folders, depth first, each folder in the order of its names.
 *
 * <p>Holds the names of the folders on the way to where it is, never those of the whole tree. What
 * nobody means to take in is passed over and counted.
 *
 * @param <N> what the file system calls an entry
 */
abstract class TreeWalk<N> implements Iterator<TreeWalk.Found> {

  /**
   * Something that is not a folder.
   *
   * @param uri percent-encoded
   * @param refused why it cannot be taken
   * @param mark of the state of a file, where the listing tells it
   */
  record Found(String uri, Optional<Offer.Refused> refused, Optional<String> mark) {
    static Found file(String uri) {
      return file(uri, Optional.empty());
    }

    static Found file(String uri, Optional<String> mark) {
      return new Found(uri, Optional.empty(), mark);
    }

    static Found refused(String uri, Offer.Refused why) {
      return new Found(uri, Optional.of(why), Optional.empty());
    }
  }

  private final Deque<Iterator<N>> open = new ArrayDeque<>();
  private final LakeSigns<N> lakes = new LakeSigns<>(this);
  private final PassedOver passedOver = new PassedOver();
  private Optional<Found> next = Optional.empty();

  /** The last part of an entry's path. */
  abstract String name(N entry);

  /** The entries of a folder in the order of their names. */
  abstract List<N> entries(N folder) throws IOException;

  abstract boolean isFolder(N entry) throws IOException;

  /** What an entry that is no folder is; empty for one that is seen elsewhere. */
  abstract Optional<Found> look(N entry) throws IOException;

  /** What stands for an entry that cannot be looked at. */
  abstract Found unreadable(N entry, IOException cause);

  /** Begins with the entries of a folder. */
  final void start(N root) throws IOException {
    enter(root);
  }

  /** What was passed over up to now, by kind. */
  final Map<String, Long> passedOver() {
    return passedOver.counts();
  }

  private void enter(N folder) throws IOException {
    List<N> entries = entries(folder);
    if (lakes.seenIn(entries)) {
      passedOver.add(PassedOver.LAKE);
    } else {
      open.push(entries.iterator());
    }
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty() && !open.isEmpty()) {
      if (open.peek().hasNext()) {
        next = visit(open.peek().next());
      } else {
        open.pop();
      }
    }
    return next.isPresent();
  }

  private Optional<Found> visit(N entry) {
    Optional<String> dropping = PassedOver.kind(name(entry));
    if (dropping.isPresent()) {
      passedOver.add(dropping.get());
      return Optional.empty();
    }
    try {
      if (!isFolder(entry)) {
        return look(entry);
      }
      enter(entry);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(unreadable(entry, e));
    }
  }

  @Override
  public Found next() {
    if (!hasNext()) {
      throw new NoSuchElementException("The tree has no more files");
    }
    Found found = next.orElseThrow();
    next = Optional.empty();
    return found;
  }
}
