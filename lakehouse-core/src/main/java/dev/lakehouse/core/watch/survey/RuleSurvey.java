// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.survey;

import dev.lakehouse.core.curate.Rule;
import dev.lakehouse.core.kind.Kinds;
import dev.lakehouse.core.watch.report.RuleCount;
import dev.lakehouse.core.watch.report.RuleCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What each rule caught. Where a threshold was missed, both its sides are shown; else some of what
 * the rule caught.
 */
final class RuleSurvey {
  private final List<Rule> contract = Kinds.PROBES.contract();
  private final List<Rule> policy;
  private final Verdicts verdicts;
  private final Optional<FigureSurvey> figures;

  /**
   * @param policy rules of the policy, as far as its text is there
   * @param figures if they could be told
   */
  RuleSurvey(List<Rule> policy, Verdicts verdicts, Optional<FigureSurvey> figures) {
    this.policy = policy;
    this.verdicts = verdicts;
    this.figures = figures;
  }

  void want(Showcase showcase) {
    for (Rule rule : all()) {
      if (verdicts.tripped(rule.name()) > 0) {
        List<Limit> missed = missed(rule);
        missed.forEach(limit -> showcase.want(limit.picks()));
        showcase.want(missed.isEmpty() ? verdicts.examples(rule.name()) : List.of());
      }
    }
  }

  RuleCounts told(Showcase showcase) {
    List<RuleCount> known = all().stream().map(rule -> count(rule, showcase)).toList();
    Map<String, Long> unknown = new TreeMap<>(verdicts.tripped());
    all().forEach(rule -> unknown.remove(rule.name()));
    return new RuleCounts(known, unknown);
  }

  private List<Rule> all() {
    List<Rule> all = new ArrayList<>(contract);
    all.addAll(policy);
    return all;
  }

  private RuleCount count(Rule rule, Showcase showcase) {
    long tripped = verdicts.tripped(rule.name());
    List<Limit> missed = tripped == 0 ? List.of() : missed(rule);
    return new RuleCount(
        rule,
        policy.contains(rule),
        tripped,
        missed.stream().map(limit -> limit.shown(showcase)).toList(),
        missed.isEmpty() ? showcase.shown(verdicts.examples(rule.name())) : List.of());
  }

  private List<Limit> missed(Rule rule) {
    List<Limit> missed = new ArrayList<>();
    figures.map(each -> each.limits(rule)).orElse(List.of()).stream()
        .filter(Limit::isMissed)
        .filter(limit -> missed.stream().noneMatch(limit::isLike))
        .forEach(missed::add);
    return missed;
  }
}
