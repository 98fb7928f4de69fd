// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.watch.report;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules that judged.
 *
 * @param known those whose text is there
 * @param unknown assets that others caught, by the name of the rule, of which nothing else is left
 */
public record RuleCounts(List<RuleCount> known, Map<String, Long> unknown) {
  public RuleCounts {
    known = List.copyOf(known);
    unknown = Collections.unmodifiableMap(new TreeMap<>(unknown));
  }
}
