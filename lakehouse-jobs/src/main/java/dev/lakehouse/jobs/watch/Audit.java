// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.curate.MeasureStage;
import dev.lakehouse.jobs.lake.Progress;
import dev.lakehouse.jobs.lake.delta.LakeTables;
import dev.lakehouse.jobs.lake.release.ReleaseLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Re-derives why each row of a release may be trusted, and changes nothing.
 *
 * <p>Ids against what they are made of, bytes against digests, figures against bytes, duplicates
 * against assets, verdicts against policy and figures, catalog against verdicts and vectors,
 * indexes against the catalog.
 */
public final class Audit {
  private final LakeTables tables;
  private final LakeLayout layout;
  private final Contents contents;
  private final MeasureStage stage;
  private final Progress progress;

  /**
   * @param contents reads bytes back
   * @param stage measures them again
   */
  public Audit(
      LakeTables tables,
      LakeLayout layout,
      Contents contents,
      MeasureStage stage,
      Progress progress) {
    this.tables = tables;
    this.layout = layout;
    this.contents = contents;
    this.stage = stage;
    this.progress = progress;
  }

  /** Audits the releases that are meant, oldest first. */
  public List<AuditReport> of(ReleaseChoice choice, ReleaseLog releases, Sample sample) {
    return choice.of(releases).stream().map(release -> of(release, sample)).toList();
  }

  /**
   * Audits a release.
   *
   * @param sample of which contents to read the bytes; everything else is looked at whole
   */
  public AuditReport of(Release release, Sample sample) {
    AuditedRelease audited = new AuditedRelease(tables, layout, release);
    List<AuditCheck> checks =
        List.of(
            new CommitsAudit(audited),
            new IdAudit(audited),
            new ContentAudit(audited, contents, stage, sample),
            new DuplicatesAudit(audited),
            new JudgementAudit(audited),
            new CatalogAudit(audited),
            new IndexAudit(audited));
    List<Violation> violations = new ArrayList<>();
    for (AuditCheck check : checks) {
      List<Violation> found = violations(check, release);
      progress.say("audit: %s: %,d violations".formatted(check.name(), found.size()));
      violations.addAll(found);
    }
    return new AuditReport(
        release.id(),
        release.sequence(),
        release.published(),
        sample.share(),
        checks.stream().map(AuditCheck::name).toList(),
        checks.stream().flatMap(check -> remarks(check).stream()).toList(),
        violations);
  }

  /** What cannot be read is among the violations. */
  private static List<String> remarks(AuditCheck check) {
    return UnreadableTable.orElse((Supplier<List<String>>) check::remarks, found -> List.of());
  }

  /** A table that lost a file is what an audit is for, not what ends it. */
  private static List<Violation> violations(AuditCheck check, Release release) {
    return UnreadableTable.orElse(
        (Supplier<List<Violation>>) check::violations,
        found ->
            List.of(
                new Violation(
                    check.name(),
                    "release " + release.id(),
                    "tables that can be read",
                    found,
                    Violation.REBUILD)));
  }
}
