// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import dev.lakehouse.core.curate.Policy;
import dev.lakehouse.core.curate.Rule;
import dev.lakehouse.core.curate.Severity;
import java.util.List;
import java.util.stream.Stream;

/** Writes the rules of a policy as SQL over the view {@code judged}. */
final class RuleSql {
  /** A policy's rules speak of figures; without figures only the contract's speak. */
  private static final String HAS_FIGURES =
      "measured AND error_code IS NULL AND content_error IS NULL";

  private static final String TRIPPED =
      "ARRAY<STRUCT<name: STRING, severity: STRING, reason: STRING>>";

  private final List<Rule> contract;
  private final List<Rule> rules;

  /**
   * @param contract rules that no policy can relax
   */
  RuleSql(List<Rule> contract, Policy policy) {
    this.contract = contract;
    this.rules = policy.rules();
  }

  /** An array of every tripped rule: {@code name, severity, reason}. */
  String tripped() {
    List<String> cases =
        Stream.concat(contract.stream(), rules.stream())
            .map(
                rule ->
                    "IF(%s, named_struct('name', '%s', 'severity', '%s', 'reason', %s), NULL)"
                        .formatted(
                            trips(rule), rule.name(), rule.severity().name(), rule.reasonSql()))
            .toList();
    return "filter(CAST(array(%s) AS %s), x -> x IS NOT NULL)"
        .formatted(String.join(", ", cases), TRIPPED);
  }

  /** An array of the reasons of every tripped rule of a severity, each once. */
  static String reasons(String tripped, Severity severity) {
    return ("array_distinct(transform(filter(%s,"
            + " x -> x.severity = '%s' AND x.reason IS NOT NULL), x -> x.reason))")
        .formatted(tripped, severity.name());
  }

  /** An array of the names of every tripped rule. */
  static String names(String tripped) {
    return "transform(%s, x -> x.name)".formatted(tripped);
  }

  private String trips(Rule rule) {
    String scope = rule.scope();
    if (!contract.contains(rule)) {
      scope = "%s AND %s".formatted(HAS_FIGURES, scope);
    }
    return "%s AND NOT coalesce((%s), FALSE)".formatted(scope, rule.require());
  }
}
