// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.curate.Rule;
import dev.lakehouse.core.curate.Severity;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the rules of a policy as SQL over the view {@code judged}. */
final class RuleSql {
  /** A policy's rules speak of figures; without figures only the contract's speak. */
  private static final String HAS_FIGURES =
      "measured AND error_code IS NULL AND content_error IS NULL";

  private final List<Rule> contract;
  private final List<Rule> rules;

  /**
   * @param contract rules that no policy can relax
   */
  RuleSql(List<Rule> contract, Policy policy) {
    this.contract = contract;
    this.rules = policy.rules();
  }

  /** An array of the reasons of every tripped rule of a severity, each once. */
  String reasons(Severity severity) {
    return "array_distinct(%s)".formatted(tripped(severity::equals, Rule::reasonSql));
  }

  /** An array of the names of every tripped rule. */
  String names() {
    return tripped(severity -> true, rule -> "'" + rule.name() + "'");
  }

  private String tripped(Function<Severity, Boolean> chosen, Function<Rule, String> value) {
    List<String> cases =
        Stream.concat(contract.stream(), rules.stream())
            .filter(rule -> chosen.apply(rule.severity()))
            .map(rule -> "IF(%s, %s, NULL)".formatted(trips(rule), value.apply(rule)))
            .toList();
    return "filter(CAST(array(%s) AS ARRAY<STRING>), x -> x IS NOT NULL)"
        .formatted(cases.stream().collect(Collectors.joining(", ")));
  }

  private String trips(Rule rule) {
    String scope = rule.scope();
    if (!contract.contains(rule)) {
      scope = "%s AND %s".formatted(HAS_FIGURES, scope);
    }
    return "%s AND NOT coalesce((%s), FALSE)".formatted(scope, rule.require());
  }
}
