// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.curate;

/** What tripping a rule means. */
public enum Severity {
  /** The asset does not pass. */
  FAIL,
  /** A person has to decide. */
  REVIEW,
  /** The reason is kept with the asset and changes nothing. */
  WARN
}
