// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where in an asset a segment is, as people say it. */
public final class Place {
  private static final String CHARS = "chars";
  private static final String TIME = "time";

  private Place() {}

  /**
   * The words for a segment: {@code page 3}, {@code page 3, characters 0–800}, {@code 00:42–00:47};
   * the segment's own name where it says no more than that.
   */
  public static String of(String segment) {
    String[] steps = segment.split("/");
    List<String> words = new ArrayList<>();
    for (int i = 0; i + 1 < steps.length; i += 2) {
      words.add(words(steps[i], steps[i + 1]));
    }
    return words.isEmpty() ? segment : String.join(", ", words);
  }

  private static String words(String kind, String value) {
    return switch (kind) {
      case CHARS -> "characters " + value.replace('-', '–');
      case TIME -> clock(value);
      default -> kind + " " + value;
    };
  }

  private static String clock(String span) {
    String[] ends = span.split("-");
    List<String> times = new ArrayList<>();
    for (String end : ends) {
      long seconds = (long) Double.parseDouble(end);
      times.add(
          seconds < 3600
              ? String.format(Locale.ROOT, "%02d:%02d", seconds / 60, seconds % 60)
              : String.format(
                  Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60));
    }
    return String.join("–", times);
  }
}
