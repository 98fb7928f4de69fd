// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.kind.text;

import dev.lakehouse.core.derive.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is said in a recording and when, as SubRip ({@code .srt}) and WebVTT ({@code .vtt}) write
 * it.
 *
 * <p>Cues that follow each other are joined up to the end of a sentence, so that a passage says
 * something and is found at its time; up to half a minute where no sentence ends. Markup is left
 * out.
 */
final class Subtitles {
  private static final double LONGEST = 30;
  private static final double PAUSE = 3;
  private static final int MILLIS = 1000;

  private static final Pattern TIMES =
      Pattern.compile(
          "^((?:\\d+:)?\\d{1,2}:\\d{2}[.,]\\d{1,3}) +--> +((?:\\d+:)?\\d{1,2}:\\d{2}[.,]\\d{1,3})(?: .*)?$");

  /** What ends a sentence, with quotes and brackets that close behind it. */
  private static final Pattern SENTENCE =
      Pattern.compile(
          ".*[.!?\u2026\u3002\uFF01\uFF1F][\"'\u2019\u201D\u00BB)\\]]*$", Pattern.DOTALL);

  /** A sentence of fewer characters, such as "Yes.", stays with what follows. */
  private static final int SHORT = 20;

  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Pattern MARKUP = Pattern.compile("<[^<>]{0,200}>|\\{\\\\[^{}]{0,100}\\}");

  private record Cue(double from, double to, String text) {
    Cue and(Cue next) {
      return new Cue(from, Math.max(to, next.to), text + " " + next.text);
    }

    Passage passage() {
      return new Passage(String.format(Locale.ROOT, "time/%.2f-%.2f", from, to), text);
    }
  }

  private Subtitles() {}

  /** The passages of a text if it is one of subtitles; empty if it is none. */
  static Optional<List<Passage>> passages(String text) {
    List<String> lines = text.lines().map(String::strip).toList();
    if (!isSubtitles(lines)) {
      return Optional.empty();
    }
    return Optional.of(joined(cues(lines)).stream().map(Cue::passage).toList());
  }

  private static boolean isSubtitles(List<String> lines) {
    List<String> first = lines.stream().filter(line -> !line.isEmpty()).limit(3).toList();
    if (first.isEmpty()) {
      return false;
    }
    String mark = first.get(0).replace("\uFEFF", "");
    boolean numbered =
        first.size() > 1 && NUMBER.matcher(mark).matches() && TIMES.matcher(first.get(1)).matches();
    return numbered || mark.startsWith("WEBVTT") || TIMES.matcher(mark).matches();
  }

  private static List<Cue> cues(List<String> lines) {
    List<Cue> cues = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Matcher times = TIMES.matcher(lines.get(i));
      if (times.matches()) {
        StringBuilder said = new StringBuilder();
        for (i++; i < lines.size() && !lines.get(i).isEmpty(); i++) {
          said.append(said.isEmpty() ? "" : " ").append(lines.get(i));
        }
        String text = MARKUP.matcher(said).replaceAll("").strip();
        if (!text.isEmpty()) {
          cues.add(new Cue(seconds(times.group(1)), seconds(times.group(2)), text));
        }
      }
    }
    return cues;
  }

  private static List<Cue> joined(List<Cue> cues) {
    List<Cue> joined = new ArrayList<>();
    for (Cue cue : cues) {
      int last = joined.size() - 1;
      if (last >= 0 && belong(joined.get(last), cue)) {
        joined.set(last, joined.get(last).and(cue));
      } else {
        joined.add(cue);
      }
    }
    return joined;
  }

  private static boolean belong(Cue before, Cue next) {
    return !isSentence(before.text())
        && next.from() - before.to() < PAUSE
        && next.from() >= before.from()
        && next.to() - before.from() <= LONGEST;
  }

  private static boolean isSentence(String text) {
    return text.length() >= SHORT && SENTENCE.matcher(text).matches();
  }

  private static double seconds(String written) {
    String[] parts = written.replace(',', '.').split(":");
    double seconds = 0;
    for (String part : parts) {
      seconds = 60 * seconds + Double.parseDouble(part);
    }
    return Math.round(MILLIS * seconds) / (double) MILLIS;
  }
}
