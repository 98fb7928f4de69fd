// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** What was committed to a table up to a version, by us and by others, as its log tells. */
public final class TableHistory {
  private final CommitLog log;
  private final long newest;

  TableHistory(CommitLog log, long newest) {
    this.log = log;
    this.newest = newest;
  }

  /** The note of a version; empty where it was not made by us, or its log file is gone. */
  public Optional<CommitNote> note(long version) {
    return log.read(version).flatMap(CommitLog.Commit::note);
  }

  /**
   * Versions in which somebody else changed rows, since we last replaced the table as a whole; as
   * far back as the log goes.
   */
  public List<Long> foreignVersions() {
    return foreignVersions(LakeTable.ABSENT);
  }

  /** The same, of the versions after one. */
  public List<Long> foreignVersions(long after) {
    List<Long> foreign = new ArrayList<>();
    for (long version = newest; version > after; version--) {
      Optional<CommitLog.Commit> commit = log.read(version);
      if (commit.filter(each -> each.isOurs() && each.replaces()).isPresent()) {
        break;
      }
      if (commit.filter(each -> !each.isOurs() && each.changesRows()).isPresent()) {
        foreign.add(0, version);
      }
    }
    return foreign;
  }

  /** The newest note of a stage, if it ever committed here. */
  public Optional<CommitNote> lastNote(String stage) {
    return lastCommit(note -> note.stage().equals(stage)).flatMap(CommitLog.Commit::note);
  }

  /** The newest note that has a mark, if there is one. */
  public Optional<CommitNote> lastNoteWith(String mark) {
    return lastCommit(note -> note.find(mark).isPresent()).flatMap(CommitLog.Commit::note);
  }

  /** The newest note of a stage that says what all its work was computed from. */
  public Optional<CommitNote> lastComplete(String stage) {
    return lastCommit(
            note ->
                ForeignChanges.areUndoneBy(note)
                    || (note.stage().equals(stage) && !note.inputs().isEmpty()))
        .flatMap(CommitLog.Commit::note)
        .filter(note -> note.stage().equals(stage));
  }

  /** Whether damage was mended after a version. */
  public boolean isRepairedSince(long version) {
    return versionSince(version + 1, ForeignChanges::areUndoneBy).isPresent();
  }

  /** The newest version whose note fits, if there is one at or after a version. */
  public OptionalLong versionSince(long oldest, Predicate<CommitNote> fits) {
    for (long version = newest; version >= Math.max(oldest, 0); version--) {
      if (log.read(version).flatMap(CommitLog.Commit::note).filter(fits).isPresent()) {
        return OptionalLong.of(version);
      }
    }
    return OptionalLong.empty();
  }

  private Optional<CommitLog.Commit> lastCommit(Predicate<CommitNote> fits) {
    OptionalLong version = versionSince(0, fits);
    return version.isPresent() ? log.read(version.getAsLong()) : Optional.empty();
  }
}
