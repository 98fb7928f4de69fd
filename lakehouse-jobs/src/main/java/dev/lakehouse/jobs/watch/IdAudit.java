// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.lake.release.Publication;
import dev.lakehouse.jobs.lake.release.ReleaseId;
import dev.lakehouse.jobs.lake.release.ReleaseLog;
import dev.lakehouse.jobs.lake.release.ReleaseOrigin;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The id of the release is the digest of what its row and its commit say that it is made of. */
record IdAudit(AuditedRelease audited) implements AuditCheck {

  @Override
  public String name() {
    return "ids";
  }

  @Override
  public List<Violation> violations() {
    ReleaseLog releases = new ReleaseLog(audited.tables(), audited.layout());
    Release release = audited.release();
    List<Violation> violations = new ArrayList<>();
    Optional<ReleaseOrigin> origin = releases.origin(release);
    if (origin.isPresent()) {
      compare(origin.get(), violations);
    } else if (releases.remembersAll()) {
      Optional<String> anew =
          audited.judgement().flatMap(note -> note.find(Publication.RELEASE_ANEW));
      ReleaseId.otherThanFormer(release, anew)
          .ifPresent(id -> violations.add(violation("id " + id, "id " + release.id())));
    }
    return violations;
  }

  private void compare(ReleaseOrigin origin, List<Violation> violations) {
    Release release = audited.release();
    if (!origin.id().equals(release.id())) {
      violations.add(violation("id " + origin.id(), "id " + release.id()));
    }
    List<String> told = new ArrayList<>(ReleaseId.parts(release));
    told.add(ReleaseId.lake(audited.lake()));
    told.removeIf(part -> origin.parts().stream().anyMatch(made -> agree(part, made)));
    told.forEach(
        part ->
            violations.add(
                violation("a row that agrees with " + origin.parts(), "it says " + part)));
  }

  /** Of a table a row tells the version and not the commit. */
  private static boolean agree(String told, String made) {
    return told.endsWith(" ") ? made.startsWith(told) : made.equals(told);
  }

  private Violation violation(String expected, String found) {
    return new Violation(
        "ids",
        "release %d of table %s"
            .formatted(audited.release().sequence(), audited.layout().table(Tables.RELEASES)),
        expected,
        found,
        Violation.REBUILD);
  }
}
