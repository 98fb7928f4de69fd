// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.watch;

import dev.lakehouse.core.lake.Release;
import dev.lakehouse.jobs.lake.release.ReleaseLog;
import java.util.List;

/** Which releases an audit looks at. */
public enum ReleaseChoice {
  /** The current one. */
  CURRENT,
  /** Every one that was not withdrawn. */
  ALL;

  /** The releases of a lake that it means, oldest first. */
  List<Release> of(ReleaseLog releases) {
    return this == ALL
        ? releases.all().stream().filter(Release::isReleased).toList()
        : releases.current().stream().toList();
  }
}
