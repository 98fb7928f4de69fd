// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.jobs.curate.JudgementDifference;
import dev.lakehouse.jobs.curate.ReasonCount;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What judging did.
 *
 * @param judgementId names the policy and the figures that were judged
 * @param policy its name
 * @param policyDigest SHA-256 of its text
 * @param statuses assets by status: pass, fail, review, pending
 * @param states assets by state, as {@code status} counts them; what is fit to publish has passed
 * @param reasons why assets did not pass, most frequent first; one with several counts under each
 * @param difference against the judgement before
 */
public record JudgeResult(
    String judgementId,
    String policy,
    String policyDigest,
    Map<String, Long> statuses,
    Map<String, Long> states,
    List<ReasonCount> reasons,
    JudgementDifference difference) {

  public JudgeResult {
    statuses = new TreeMap<>(statuses);
    states = Collections.unmodifiableMap(new LinkedHashMap<>(states));
    reasons = List.copyOf(reasons);
  }

  /** What judging says next if nothing changes: the same, and that it is so. */
  public JudgeResult again() {
    return new JudgeResult(
        judgementId, policy, policyDigest, statuses, states, reasons, JudgementDifference.none());
  }
}
