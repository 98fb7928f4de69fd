// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import java.util.List;

/**
 * What an audit saw.
 *
 * @param release id of the audited release
 * @param sequence its number
 * @param rows rows of its catalog
 * @param share of the contents whose bytes were read; everything else was looked at whole
 * @param checks what was looked at
 * @param remarks what was not looked at, and why
 * @param violations everything that is not what its name says
 */
public record AuditReport(
    String release,
    long sequence,
    long rows,
    double share,
    List<String> checks,
    List<String> remarks,
    List<Violation> violations) {

  public AuditReport {
    checks = List.copyOf(checks);
    remarks = List.copyOf(remarks);
    violations = List.copyOf(violations);
  }

  /** Whether every promise is kept. */
  public boolean clean() {
    return violations.isEmpty();
  }
}
