// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.pipeline;

import dev.lakehouse.jobs.curate.JudgementDifference;
import java.util.Map;
import java.util.TreeMap;

/**
 * What judging did.
 *
 * @param judgementId names the policy and the figures that were judged
 * @param policy its name
 * @param policyDigest SHA-256 of its text
 * @param statuses assets by status: pass, fail, review, pending
 * @param difference against the judgement before
 */
public record JudgeResult(
    String judgementId,
    String policy,
    String policyDigest,
    Map<String, Long> statuses,
    JudgementDifference difference) {

  public JudgeResult {
    statuses = new TreeMap<>(statuses);
  }
}
