// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What FFmpeg says while it works: complaints, and lines of figures for whoever wants them. */
final class MediaLog implements Consumer<String> {
  private static final int KEPT = 5;
  private static final int LONGEST = 200;

  /** As it marks lines where it is asked for levels: who says it, how bad it is, what. */
  private static final Pattern LEVELLED =
      Pattern.compile("(?:\\[[^\\]]* @ [^\\]]*\\] )*\\[(\\w+)\\] (.*)");

  private final Consumer<String> figures;
  private final Set<String> complaints = new LinkedHashSet<>();

  MediaLog() {
    this(line -> {});
  }

  /**
   * @param figures is given every line
   */
  MediaLog(Consumer<String> figures) {
    this.figures = figures;
  }

  @Override
  public void accept(String line) {
    figures.accept(line);
    Matcher levelled = LEVELLED.matcher(line);
    if (levelled.matches() && isBad(levelled.group(1))) {
      add(levelled.group(2));
    }
  }

  private static boolean isBad(String level) {
    return List.of("error", "fatal", "panic").contains(level);
  }

  private synchronized void add(String complaint) {
    if (complaints.size() < KEPT && !complaint.startsWith("fd:: ")) { // says what was said before
      complaints.add(complaint.substring(0, Math.min(LONGEST, complaint.length())));
    }
  }

  /** What it complained of, each once, the first few. */
  synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Why a file cannot be read at all. */
  ItemException refusal(String what, String said) {
    List<String> found = complaints();
    String why = found.isEmpty() ? said : String.join("; ", found);
    return new ItemException(code(why), what + ": " + why);
  }

  private static ItemError code(String why) {
    if (why.contains("Cannot allocate memory")) {
      return ItemError.MEMORY_LIMIT;
    }
    if (why.contains("no decoder found") || why.contains("not implemented")) {
      return ItemError.UNSUPPORTED_FEATURE;
    }
    return why.contains("moov atom not found") || why.contains("End of file")
        ? ItemError.TRUNCATED
        : ItemError.CORRUPT;
  }
}
