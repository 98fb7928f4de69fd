// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a content that somebody asked for.
 *
 * @param first byte, from 0
 * @param last byte, included
 */
record ByteRange(long first, long last) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * The part that a header names; empty for the whole, as also for several parts at once.
   *
   * @param size bytes of the whole
   * @throws Refusal 416 if there is no such part
   */
  static Optional<ByteRange> of(Optional<String> header, long size) {
    Matcher range = ONE.matcher(header.map(String::strip).orElse(""));
    if (!range.matches() || range.group(1).isEmpty() && range.group(2).isEmpty()) {
      return Optional.empty();
    }
    long first;
    long last = size - 1;
    if (range.group(1).isEmpty()) {
      long suffix = Long.parseLong(range.group(2));
      first = suffix == 0 ? size : Math.max(0, size - suffix);
    } else {
      first = Long.parseLong(range.group(1));
      last = range.group(2).isEmpty() ? last : Math.min(last, Long.parseLong(range.group(2)));
      if (!range.group(2).isEmpty() && Long.parseLong(range.group(2)) < first) {
        return Optional.empty(); // no range at all, says RFC 9110
      }
    }
    if (first >= size) {
      throw new Refusal(416, "There is nothing at byte %d of %d".formatted(first, size));
    }
    return Optional.of(new ByteRange(first, last));
  }

  long length() {
    return last - first + 1;
  }

  String header(long size) {
    return "bytes %d-%d/%d".formatted(first, last, size);
  }
}
