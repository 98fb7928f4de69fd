// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.core.curate.Policy;

/** The built-in policy, and a rule that short texts fail. */
final class StrictPolicy {
  private StrictPolicy() {}

  /** Its failing texts say {@code NOT_LONG}. */
  static Policy parse() {
    return Policy.parse(
        Policy.builtIn().text()
            + """

              - name: text-is-long
                applies_to: text
                require: words > 60
                severity: fail
                reason: NOT_LONG
            """);
  }
}
