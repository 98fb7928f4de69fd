// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.content.Contents;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.lake.LakeTables;
import dev.lakehouse.jobs.lake.Progress;
import java.util.ArrayList;
import java.util.List;

/**
 * Re-derives why each row of a release may be trusted, and changes nothing.
 *
 * <p>Bytes against digests, verdicts against policy and figures, catalog against verdicts and
 * vectors, indexes against the catalog.
 */
public final class Audit {
  private final LakeTables tables;
  private final LakeLayout layout;
  private final Contents contents;
  private final Progress progress;

  public Audit(LakeTables tables, LakeLayout layout, Contents contents, Progress progress) {
    this.tables = tables;
    this.layout = layout;
    this.contents = contents;
    this.progress = progress;
  }

  /** Audits a release. */
  public AuditReport of(Release release) {
    AuditedRelease audited = new AuditedRelease(tables, layout, release);
    List<AuditCheck> checks =
        List.of(
            new CommitsAudit(audited),
            new JudgementAudit(audited),
            new CatalogAudit(audited),
            new IndexAudit(audited),
            new BlobAudit(audited, contents));
    List<Violation> violations = new ArrayList<>();
    for (AuditCheck check : checks) {
      List<Violation> found = check.violations();
      progress.say("audit: %s: %,d violations".formatted(check.name(), found.size()));
      violations.addAll(found);
    }
    return new AuditReport(
        release.id(),
        release.published(),
        checks.stream().map(AuditCheck::name).toList(),
        violations);
  }
}
