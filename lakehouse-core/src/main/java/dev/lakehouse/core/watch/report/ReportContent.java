// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import dev.lakehouse.core.curate.Rule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything that a report tells.
 *
 * @param run which run it was
 * @param notes what a reader has to know first, as sentences
 * @param funnel from what was seen to what is published
 * @param change against what was before
 * @param rules of the contract and of the policy, with what they caught
 * @param figures how measurements are spread
 * @param samples contents that they are of, by group, where that is not all of them
 * @param copies assets that are the same
 * @param lost dead letters by code, most frequent first
 * @param steps where the time went
 * @param origin what everything was made with
 * @param sampling what is left out, in words
 */
public record ReportContent(
    ReportedRun run,
    List<String> notes,
    Told<Funnel> funnel,
    Change change,
    Told<RuleCounts> rules,
    Told<List<FigureChart>> figures,
    Map<String, Long> samples,
    Told<Copies> copies,
    Told<List<LostItems>> lost,
    List<StepTime> steps,
    Told<Origin> origin,
    List<String> sampling) {

  public ReportContent {
    notes = List.copyOf(notes);
    samples = Collections.unmodifiableMap(new LinkedHashMap<>(samples));
    steps = List.copyOf(steps);
    sampling = List.copyOf(sampling);
  }

  /** What a code means: in words of the house, else by the rules that give it. */
  String meaning(String code) {
    String words = Words.meaning(code);
    if (!words.isEmpty()) {
      return words;
    }
    String names =
        rules.value().map(RuleCounts::known).orElse(List.of()).stream()
            .map(RuleCount::rule)
            .filter(rule -> rule.reason().equals(code))
            .map(Rule::name)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : "rule " + names;
  }
}
