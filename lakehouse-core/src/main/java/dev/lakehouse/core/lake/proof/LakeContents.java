// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.proof;

import dev.lakehouse.core.Digests;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a lake says, apart from who wrote it, when and in how many commits: the same for a lake that
 * was interrupted and one that was not.
 *
 * <p>Everything is compared as text but vectors, whose last bits depend on what else was in their
 * batch: they are the same where no number differs by more than {@link #TOLERANCE}.
 */
public final class LakeContents {
  /** Far below what changes an order of hits, far above what a batch does. */
  public static final float TOLERANCE = 1e-4f;

  /** A row: what it says as text, and its vectors. */
  private record Entry(String text, List<float[]> vectors) {}

  private final SortedMap<String, Entry> entries = new TreeMap<>();

  LakeContents() {}

  /** Adds a row; a second one of the same key is a row of its own, and so a difference. */
  void add(String part, String key, String text, List<float[]> vectors) {
    String name = part + " " + key;
    int copy = 1;
    while (entries.putIfAbsent(name, new Entry(text, vectors)) != null) {
      copy++;
      name = part + " " + key + " again " + copy;
    }
  }

  /** How many rows, segments and files were read. */
  public int size() {
    return entries.size();
  }

  /** The digest of everything but the numbers of the vectors. */
  public String digest() {
    List<String> parts = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          parts.add(name);
          parts.add(entry.text());
          entry.vectors().forEach(vector -> parts.add("vector of " + vector.length));
        });
    return Digests.ofParts(parts);
  }

  /** What other contents lack, have too much or say otherwise; empty where both say the same. */
  public List<String> differences(LakeContents other) {
    SortedSet<String> names = new TreeSet<>(entries.keySet());
    names.addAll(other.entries.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      Entry mine = entries.get(name);
      Entry theirs = other.entries.get(name);
      if (mine == null) {
        differences.add("one too many: " + name);
      } else if (theirs == null) {
        differences.add("missing: " + name);
      } else if (!same(mine, theirs)) {
        differences.add("%s: expected %s but found %s".formatted(name, mine.text, theirs.text));
      }
    }
    return Collections.unmodifiableList(differences);
  }

  private static boolean same(Entry mine, Entry theirs) {
    boolean same = mine.text.equals(theirs.text) && mine.vectors.size() == theirs.vectors.size();
    for (int i = 0; same && i < mine.vectors.size(); i++) {
      same = near(mine.vectors.get(i), theirs.vectors.get(i));
    }
    return same;
  }

  private static boolean near(float[] mine, float[] theirs) {
    boolean near = mine.length == theirs.length;
    for (int i = 0; near && i < mine.length; i++) {
      near = Math.abs(mine[i] - theirs[i]) <= TOLERANCE; // false for what is no number
    }
    return near;
  }
}
