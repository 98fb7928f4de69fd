// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.curate;

import dev.lakehouse.core.Digests;
import dev.lakehouse.core.curate.JudgementBasis;
import dev.lakehouse.core.curate.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a judgement is made from, which is what names it.
 *
 * @param lake identity of the lake
 * @param versions of the tables that are judged, by name
 * @param commits that made these versions, by name: two lakes may have equal versions and share
 *     their identity, where one is a copy of the other, and no two commits are the same
 */
public record JudgedFrom(String lake, Map<String, Long> versions, Map<String, String> commits) {

  public JudgedFrom {
    versions = new TreeMap<>(versions);
    commits = new TreeMap<>(commits);
  }

  /**
   * The id of a judgement as it was made: equal inputs, equal judgement.
   *
   * @param basis digest of its {@link JudgementBasis}; no part of ids before {@link
   *     JudgementRule#BASIS}
   */
  public String id(Policy policy, JudgementRule rule, String basis) {
    List<String> parts = new ArrayList<>();
    if (rule == JudgementRule.VERSIONS) {
      parts.add(policy.digest());
      versions.forEach((table, version) -> parts.add(table + "@" + version));
    } else {
      parts.add("judgement " + rule.word());
      parts.add("lake=" + lake);
      parts.add("policy=" + policy.digest());
      if (rule == JudgementRule.BASIS) {
        parts.add("basis=" + basis);
      }
      versions.forEach(
          (table, version) ->
              parts.add("%s=%d %s".formatted(table, version, commits.getOrDefault(table, ""))));
    }
    return Digests.ofParts(parts);
  }
}
