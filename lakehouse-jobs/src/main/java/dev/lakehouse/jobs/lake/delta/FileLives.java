// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Follows each file of a table from the commit that added it to the one that removed it. A file is
 * needed if it lived in a version that stays.
 */
final class FileLives {
  private final NavigableSet<Long> named;
  private final long changesSince;
  private final Instant horizon;
  private final Map<String, Long> alive = new HashMap<>();
  private final Set<String> needed = new HashSet<>();

  /**
   * @param named versions that stay
   * @param changesSince files that tell of changes after this version stay
   * @param horizon versions that were current since then stay
   */
  FileLives(Set<Long> named, long changesSince, Instant horizon) {
    this.named = new TreeSet<>(named);
    this.changesSince = changesSince;
    this.horizon = horizon;
  }

  /** The needed files of a table; empty where its log does not reach back to its beginning. */
  Optional<Set<String>> needed(LakeTable table) {
    CommitLog log = table.commitLog();
    long newest = table.version();
    for (long version = 0; version <= newest; version++) {
      Optional<CommitLog.Commit> commit = log.read(version);
      if (commit.isEmpty()) {
        return Optional.empty();
      }
      follow(commit.get());
    }
    needed.addAll(alive.keySet());
    return Optional.of(needed);
  }

  private void follow(CommitLog.Commit commit) {
    for (String file : commit.removed()) {
      Long since = alive.remove(file);
      if (since != null && stays(since, commit)) {
        needed.add(file);
      }
    }
    commit.added().forEach(file -> alive.put(file, commit.version()));
    if (commit.version() > changesSince) {
      needed.addAll(commit.changeFiles());
    }
  }

  /** Whether a version stays that is at least as new as one and older than a commit. */
  private boolean stays(long since, CommitLog.Commit until) {
    return !until.time().isBefore(horizon) || !named.subSet(since, until.version()).isEmpty();
  }
}
