// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake.delta;

import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaConcurrentModificationException;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a table with a note, and finds out what became of a write whose answer was lost.
 *
 * <p>A lost acknowledgement is a third outcome beside success and failure: after any failure the
 * log is asked whether the note is there.
 */
final class Commits {
  private static final String USER_METADATA = "spark.databricks.delta.commitInfo.userMetadata";
  private static final String TXN_APP = "spark.databricks.delta.write.txnAppId";
  private static final String TXN_VERSION = "spark.databricks.delta.write.txnVersion";

  private final SparkSession spark;

  /** Delta takes the note from the session's configuration, so one commit at a time sets it. */
  private final ReentrantLock configured = new ReentrantLock();

  Commits(SparkSession spark) {
    this.spark = spark;
  }

  /** Runs a write that carries the note. */
  void commit(LakeTable table, CommitNote note, Runnable write) {
    long before = table.version();
    try {
      configured(USER_METADATA, note.toJson(), write);
    } catch (Exception e) { // Spark throws checked ones too, which no signature tells of
      if (!arrived(table, note, before, e)) {
        throw translated(table, e);
      }
    }
  }

  /** Runs a write that Delta itself takes at most once for the same application id. */
  void commitOnce(LakeTable table, CommitNote note, String applicationId, Runnable write) {
    Runnable once = () -> configured(TXN_VERSION, "1", write);
    commit(table, note, () -> configured(TXN_APP, applicationId, once));
  }

  private void configured(String key, String value, Runnable write) {
    configured.lock();
    try {
      spark.conf().set(key, value);
      write.run();
    } finally {
      spark.conf().unset(key);
      configured.unlock();
    }
  }

  /** Whether the write was committed in spite of the failure. */
  private static boolean arrived(LakeTable table, CommitNote note, long before, Exception failure) {
    try {
      return table
          .history()
          .versionSince(before + 1, mine -> mine.commit().equals(note.commit()))
          .isPresent();
    } catch (Exception e) {
      failure.addSuppressed(e);
      throw LakehouseException.because(
          failure,
          ErrorCode.COMMIT_UNKNOWN,
          "Cannot tell whether a commit to %s happened: the write failed (%s) and its log cannot be"
              + " read (%s). Run 'lakehouse audit' before anything else",
          table.uri(),
          failure.getMessage(),
          e.getMessage());
    }
  }

  /** That somebody else committed first, and who. */
  static LakehouseException conflict(LakeTable table, @Nullable Throwable cause) {
    long version = table.version();
    String winner =
        table
            .history()
            .note(version)
            .map(note -> "run %s (%s)".formatted(note.run(), note.stage()))
            .orElse("somebody who is no command of ours");
    return LakehouseException.because(
        cause,
        ErrorCode.COMMIT_CONFLICT,
        "Cannot commit to %s: %s was first, with version %d. Nothing of this was committed; repeat"
            + " the command, and it goes on from there",
        table.uri(),
        winner,
        version);
  }

  private static RuntimeException translated(LakeTable table, Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof DeltaConcurrentModificationException) {
        return conflict(table, e);
      }
      if (cause instanceof IOException) {
        return LakehouseException.because(
            e,
            ErrorCode.TRANSIENT,
            "Cannot write %s: %s. Nothing was committed; repeat the command",
            table.uri(),
            cause.getMessage());
      }
    }
    return e instanceof RuntimeException known
        ? known
        : new IllegalStateException("Cannot write " + table.uri(), e);
  }
}
