// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

/** Which releases an audit looks at. */
public enum ReleaseChoice {
  /** The current one. */
  CURRENT,
  /** Every one that was not withdrawn. */
  ALL
}
