// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import static java.util.Comparator.comparingLong;

import dev.lakehouse.core.Values;
import dev.lakehouse.core.watch.report.LostItems;
import dev.lakehouse.core.watch.report.LostItems.Example;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Dead letters by code. */
final class LostSurvey {
  private static final int EXAMPLES = 5;
  private static final int MESSAGE = 300;

  private LostSurvey() {}

  static List<LostItems> of(List<Values> letters) {
    TreeMap<String, List<Values>> byCode = new TreeMap<>();
    for (Values letter : letters) {
      byCode
          .computeIfAbsent(letter.require("error_code", String.class), code -> new ArrayList<>())
          .add(letter);
    }
    return byCode.entrySet().stream()
        .map(code -> lost(code.getKey(), code.getValue()))
        .sorted(comparingLong(LostItems::count).reversed().thenComparing(LostItems::code))
        .toList();
  }

  private static LostItems lost(String code, List<Values> letters) {
    return new LostItems(
        code,
        letters.stream()
            .map(letter -> letter.require("stage", String.class))
            .distinct()
            .sorted()
            .toList(),
        letters.size(),
        letters.stream()
            .map(LostSurvey::example)
            .sorted(Comparator.comparing(Example::place).thenComparing(Example::part))
            .limit(EXAMPLES)
            .toList());
  }

  private static Example example(Values letter) {
    String message = Shareable.text(letter.text("error_message").orElse(""));
    String key = Shareable.text(letter.text("key").orElse(""));
    String place = Shareable.place(letter.text("source_uri").orElse(""));
    return new Example(
        place.endsWith(key) ? place : place + " · " + key,
        letter.text("segment").filter(part -> !part.equals("whole")).orElse(""),
        message.substring(0, Math.min(MESSAGE, message.length())));
  }
}
