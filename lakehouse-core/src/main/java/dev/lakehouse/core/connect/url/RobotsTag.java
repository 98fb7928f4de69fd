// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Headers {@code X-Robots-Tag}: {@code noai, noimageai}, to all or, after a name and a colon, to
 * the programs of that name alone.
 */
final class RobotsTag {
  private static final Set<String> OPT_OUTS = Set.of("noai", "noimageai");

  /** Directives that have a value after a colon and so are no names of programs. */
  private static final Set<String> WITH_VALUE =
      Set.of("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview");

  private RobotsTag() {}

  /** The directive that keeps this program from learning, if there is one. */
  static Optional<String> optOut(List<String> headers) {
    return headers.stream().map(RobotsTag::optOut).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> optOut(String header) {
    boolean ours = true;
    for (String part : header.toLowerCase(Locale.ROOT).split(",")) {
      String directive = part.strip();
      int colon = directive.indexOf(':');
      String before = colon < 0 ? "" : directive.substring(0, colon).strip();
      if (colon >= 0 && !WITH_VALUE.contains(before)) {
        ours = before.equals("*") || before.equals(FetchRules.PRODUCT);
        directive = directive.substring(colon + 1).strip();
      }
      if (ours && OPT_OUTS.contains(directive)) {
        return Optional.of(directive);
      }
    }
    return Optional.empty();
  }
}
