// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.serve;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.Settings;
import dev.lakehouse.core.Tables;
import dev.lakehouse.core.bundle.description.ModelsRoot;
import dev.lakehouse.core.lake.DeltaTable;
import dev.lakehouse.core.lake.DeltaVersion;
import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.ReleaseReader;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * The release that a service answers from. A newer one, or an older one after a rollback, takes its
 * place once its indexes and models are open; answers that were begun go on from the one they began
 * with, which is closed after the last of them.
 */
public final class CurrentRelease implements AutoCloseable {
  private final LakeLayout layout;
  private final Settings settings;
  private final ModelsRoot models;
  private final Configuration hadoop;
  private final Comparisons comparisons;
  private final Object looking = new Object();
  private long seen = -1; // version of the table of releases, guarded by looking
  private volatile List<Release> releases = List.of();
  private volatile @Nullable ServedRelease served;
  private volatile boolean closed;

  /** A release that is held until this is closed. */
  public record Use(ServedRelease served) implements AutoCloseable {
    @Override
    public void close() {
      served.leave();
    }
  }

  /** Looks at nothing before {@link #look}. */
  public CurrentRelease(
      LakeLayout layout, Settings settings, ModelsRoot models, Configuration hadoop) {
    this.layout = layout;
    this.settings = settings;
    this.models = models;
    this.hadoop = hadoop;
    this.comparisons = new Comparisons(layout, hadoop);
  }

  /**
   * Looks which release is current, and takes it up.
   *
   * @return whether it is another than before
   * @throws LakehouseException if there is no lake, or what the release needs cannot be opened;
   *     what was served before goes on
   */
  public boolean look() {
    synchronized (looking) {
      long version =
          DeltaTable.of(layout, Tables.RELEASES, hadoop)
              .latest()
              .map(DeltaVersion::version)
              .orElse(-1L);
      if (version == seen && version >= 0) {
        return false;
      }
      List<Release> all = ReleaseReader.all(layout, hadoop);
      boolean changed = takeUp(Release.current(all));
      releases = all;
      seen = version; // only now: what could not be opened is tried again
      return changed;
    }
  }

  private boolean takeUp(Optional<Release> current) {
    ServedRelease before = served;
    String former = before == null ? "" : before.release().id();
    if (current.map(Release::id).orElse("").equals(former)) {
      return false;
    }
    ServedRelease next = current.map(this::opened).orElse(null);
    served = next;
    if (before != null) {
      before.leave();
    }
    return true;
  }

  private ServedRelease opened(Release release) {
    ServedRelease next = new ServedRelease(layout, settings, models, hadoop, release);
    try {
      next.warm();
      return next;
    } catch (Throwable e) { // a library that is not there, too
      next.leave();
      throw e;
    }
  }

  /** Whether something is released and open. */
  public boolean isThere() {
    return served != null;
  }

  /** Every release at the last look, withdrawn ones too, oldest first. */
  public List<Release> releases() {
    return releases;
  }

  /** Compares releases. */
  public Comparisons comparisons() {
    return comparisons;
  }

  /** The number of the release that answers now. */
  public Optional<Long> sequence() {
    return Optional.ofNullable(served).map(each -> each.release().sequence());
  }

  /**
   * Holds the release that answers now; everything of one answer comes from one use.
   *
   * @throws LakehouseException LAKE_MISSING if nothing is released
   */
  public Use use() {
    while (true) {
      ServedRelease now = served;
      if (now == null || closed) {
        throw LakehouseException.of(
            ErrorCode.LAKE_MISSING,
            "Nothing is released in %s that could answer. Run 'lakehouse publish', or 'lakehouse"
                + " run'; the service takes it up by itself",
            layout.root());
      }
      if (now.enter()) {
        return new Use(now); // else another one took its place just now
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    synchronized (looking) {
      ServedRelease last = served;
      served = null;
      if (last != null) {
        last.leave();
      }
    }
  }
}
