// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.codec.media;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Picks figures out of the lines in which FFmpeg's {@code ebur128} sums up. */
final class LoudnessSummary {
  /** The loudness of a signal that no gate lets through, as that filter has it. */
  private static final double SILENT_LUFS = -70;

  private static final Pattern FIGURE =
      Pattern.compile("\\s*(I|LRA|Peak):\\s+(\\S+) (?:LUFS|LU|dBFS)\\s*");

  private final Map<String, Double> figures = new HashMap<>();

  synchronized void accept(String line) {
    Matcher figure = FIGURE.matcher(line);
    if (figure.matches()) {
      String value = figure.group(2);
      if (!value.contains("inf") && !value.contains("nan")) {
        figures.put(figure.group(1), Double.valueOf(value));
      }
    }
  }

  synchronized SoundReport report(List<String> complaints) {
    boolean heard = figures.getOrDefault("I", SILENT_LUFS) > SILENT_LUFS;
    return new SoundReport(
        heard ? figure("I") : OptionalDouble.empty(),
        heard ? figure("LRA") : OptionalDouble.empty(),
        figure("Peak"),
        complaints);
  }

  private OptionalDouble figure(String name) {
    Double found = figures.get(name);
    return found == null ? OptionalDouble.empty() : OptionalDouble.of(found);
  }
}
