// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.tar;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path with a pattern for the names of shards: {@code ./shards/train-{0000..0127}.tar}.
 *
 * @param folder in front of the first segment that is a pattern
 * @param glob the rest, with ranges written out
 */
record ShardPattern(String folder, String glob) {
  private static final Pattern SIGNS = Pattern.compile("[*?\\[{]");
  private static final Pattern RANGE = Pattern.compile("\\{(\\d{1,9})\\.\\.(\\d{1,9})}");
  private static final int MAX_RANGE = 100_000;

  /** Whether a path is a pattern. */
  static boolean is(String path) {
    return SIGNS.matcher(path).find();
  }

  /** The pattern in a path that is one. */
  static ShardPattern of(String path) {
    Matcher sign = SIGNS.matcher(path);
    int slash = sign.find() ? path.lastIndexOf('/', sign.start()) : path.lastIndexOf('/');
    String folder = slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash);
    // in front of a slash, a glob is about the whole path below the folder
    return new ShardPattern(folder, "{," + "/}" + ranges(path.substring(slash + 1)));
  }

  /** Ranges of numbers as WebDataset writes them, as the lists that globs know. */
  private static String ranges(String glob) {
    return RANGE
        .matcher(glob)
        .replaceAll(range -> Matcher.quoteReplacement(list(range.group(1), range.group(2))));
  }

  private static String list(String from, String to) {
    int first = Integer.parseInt(from);
    int last = Integer.parseInt(to);
    if (last < first || last - first >= MAX_RANGE) {
      return "{" + from + ".." + to + "}";
    }
    StringBuilder list = new StringBuilder("{");
    for (int i = first; i <= last; i++) {
      list.append(i == first ? "" : ",").append(("%0" + from.length() + "d").formatted(i));
    }
    return list.append('}').toString();
  }
}
