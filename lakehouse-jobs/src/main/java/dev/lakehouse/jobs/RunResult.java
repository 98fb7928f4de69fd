// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.watch.state.LakeStatus;
import dev.lakehouse.jobs.content.IngestResult;
import dev.lakehouse.jobs.lake.release.PublishResult;
import dev.lakehouse.jobs.pipeline.DedupStep;
import dev.lakehouse.jobs.pipeline.JudgeResult;
import dev.lakehouse.jobs.pipeline.StepCounts;
import dev.lakehouse.jobs.pipeline.embed.EmbedResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a whole run did.
 *
 * @param run its id
 * @param report where its report is
 * @param page where a page about it is; empty where settings turn that off
 * @param ingested one result for each source
 * @param derived contents from which passages were taken
 * @param measured what was measured
 * @param duplicates what is double
 * @param judged the final judgement
 * @param embedded by family
 * @param published the release
 * @param status of the lake afterwards
 */
public record RunResult(
    String run,
    String report,
    Optional<String> page,
    List<IngestResult> ingested,
    StepCounts derived,
    StepCounts measured,
    DedupStep.Result duplicates,
    JudgeResult judged,
    Map<String, EmbedResult> embedded,
    PublishResult published,
    LakeStatus status) {

  /** What the same run answers next if nothing changes: all of it is there, nothing is done. */
  RunResult again() {
    Map<String, EmbedResult> there = new LinkedHashMap<>();
    embedded.forEach((family, result) -> there.put(family, result.again()));
    return new RunResult(
        run,
        report,
        page,
        ingested.stream().map(IngestResult::again).toList(),
        derived.again(),
        measured.again(),
        duplicates,
        judged.again(),
        there,
        published.again(),
        status);
  }
}
