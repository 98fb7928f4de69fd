// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import java.util.List;

/** Re-derives one promise of a release. */
interface AuditCheck {

  /** What it looks at, for people. */
  String name();

  /** Everything that breaks the promise; empty where it is kept. */
  List<Violation> violations();

  /** What it could not look at, for a reason that is no fault of the release. */
  default List<String> remarks() {
    return List.of();
  }
}
