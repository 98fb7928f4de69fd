// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import dev.lakehouse.core.Counted;
import dev.lakehouse.core.curate.Reasons;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Words that all parts of a page share. */
final class Words {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** What becomes of items, in the order in which they leave the flow. */
  static final Map<String, String> STATES = states();

  private Words() {}

  private static Map<String, String> states() {
    Map<String, String> states = new LinkedHashMap<>();
    states.put("dead_letter", "could not be read");
    states.put("failed", "failed the policy");
    states.put("duplicate", "copies of others");
    states.put("review", "wait for a reviewer");
    states.put("pending", "still to be done");
    states.put("published", "published");
    return states;
  }

  static String state(String word) {
    return STATES.getOrDefault(word, word);
  }

  /** The same as part of a sentence: {@code 3} are copies of others. */
  static String areState(String word) {
    return word.equals("duplicate") ? "are " + state(word) : state(word);
  }

  /** What assets of a modality, or their captions, are called. */
  static String kind(String modality) {
    if (modality.startsWith(FigureChart.CAPTIONS)) {
      return FigureChart.CAPTIONS + kind(modality.substring(FigureChart.CAPTIONS.length()));
    }
    return switch (modality) {
      case "image" -> "pictures";
      case "text" -> "texts";
      case "audio" -> "recordings";
      case "video" -> "films";
      case "document" -> "documents";
      case "table" -> "tables";
      case "unknown" -> "what nobody knows";
      case "all" -> "everything";
      default -> modality;
    };
  }

  static String count(long number) {
    return Counted.of(number);
  }

  /** {@code 1 item}, {@code 1,234 items}. */
  static String count(long number, String of) {
    return Counted.of(number, of);
  }

  static String moment(Instant instant) {
    return MOMENT.format(instant);
  }

  static String duration(Duration took) {
    double seconds = took.toMillis() / 1000.0;
    return seconds < 100
        ? seconds(seconds)
        : seconds < 5_400
            ? "%s min %s s".formatted(count(took.toMinutes()), took.toSecondsPart())
            : "%s h %s min".formatted(count(took.toHours()), took.toMinutesPart());
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
  }

  /** A share, never 0 % of something and never 100 % of less than all. */
  static String share(long part, long whole) {
    if (whole == 0 || part == 0) {
      return "0 %";
    }
    double percent = 100.0 * part / whole;
    if (percent < 0.1) {
      return "< 0.1 %";
    }
    if (part < whole && percent > 99.9) {
      return "> 99.9 %";
    }
    return String.format(Locale.ROOT, percent < 10 ? "%.1f %%" : "%.0f %%", percent)
        .replace(".0 %", " %");
  }

  /** What a code means, where it is not a policy's own. */
  static String meaning(String code) {
    return switch (code) {
      case "GONE" -> "its source no longer has it";
      case "NOT_JUDGED" -> "no judgement has seen it yet";
      case "NOT_EMBEDDED" -> "passed, and waits for its vector";
      case "NOT_PUBLISHED" -> "passed, and is in no release yet";
      default -> Reasons.words(code).orElse("");
    };
  }

  static String digest(String digest) {
    return digest.substring(0, Math.min(12, digest.length()));
  }
}
