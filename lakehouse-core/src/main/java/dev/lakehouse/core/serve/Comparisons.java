// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import dev.lakehouse.core.Tables;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.LakeReader;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.release.ReleaseComparison;
import dev.lakehouse.core.lake.release.ReleaseDifference;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Compares releases for those who ask a service; what was compared last is kept as long as nothing
 * is judged anew, which may give other reasons why something left.
 */
public final class Comparisons {
  private static final int KEPT = 32;
  private static final int EXAMPLES = 12; // of each kind

  private final LakeLayout layout;
  private final Configuration hadoop;
  private final BoundedCache<String, ReleaseDifference> kept = new BoundedCache<>(KEPT, each -> 1);

  /** Those of a lake. */
  public Comparisons(LakeLayout layout, Configuration hadoop) {
    this.layout = layout;
    this.hadoop = hadoop;
  }

  /**
   * How a release differs from another.
   *
   * @param from empty to compare with a lake in which nothing was published
   */
  public ReleaseDifference of(Optional<Release> from, Release to) {
    LakeReader lake = new LakeReader(layout, hadoop);
    String key =
        "%s %s %d"
            .formatted(from.map(Release::id).orElse(""), to.id(), lake.version(Tables.VERDICTS));
    Optional<ReleaseDifference> before = kept.find(key);
    if (before.isPresent()) {
      return before.get();
    }
    ReleaseDifference found = ReleaseComparison.of(lake, from, to, EXAMPLES);
    kept.put(key, found);
    return found;
  }
}
