// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect;

import java.util.Comparator;

/**
 * Where in a source an item stands.
 *
 * @param file URI of the file that counts; empty where nothing does
 * @param word what is counted: {@code line}, or {@code position} in a list
 * @param number orders the items of a source
 */
public record Place(String file, String word, long number) implements Comparable<Place> {
  private static final Comparator<Place> ORDER =
      Comparator.comparingLong(Place::number).thenComparing(Place::word);

  /** Where nothing is counted. */
  public static Place none() {
    return new Place("", "item", 0);
  }

  /** A line, from 1. */
  public static Place line(String file, long number) {
    return new Place(file, "line", number);
  }

  /** A place in a list, from 0. */
  public static Place position(String file, long number) {
    return new Place(file, "position", number);
  }

  /** The place as a key: {@code line:7}. */
  public String key() {
    return word + ":" + number;
  }

  /** The place as a URI. */
  String uri() {
    return file + "#" + UriNames.encode(key());
  }

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return word + " " + number;
  }
}
