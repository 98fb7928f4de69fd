// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.copy;

import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a copy of an index, as a release names it: {@code <store>/<digest of its list>}.
 *
 * @param store of the copies of one index, below the index root
 * @param name digest of the list of files
 */
public record IndexCopy(String store, String name) implements Serializable {
  /** How the folders of such stores end. */
  static final String SUFFIX = ".copies";

  private static final Pattern PATH = Pattern.compile("(.+[.]copies)/([0-9a-f]{64})");

  /** The copy that a path means, if it means one. */
  public static Optional<IndexCopy> at(String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.matches()
        ? Optional.of(new IndexCopy(matcher.group(1), matcher.group(2)))
        : Optional.empty();
  }

  /** The store of the copies of an index. */
  public static String store(String index) {
    return index.replaceFirst("[.]lance$", "") + SUFFIX;
  }

  /** Below the index root. */
  public String path() {
    return store + "/" + name;
  }
}
