// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import dev.lakehouse.core.lake.LakeLayout;
import dev.lakehouse.core.lake.Release;
import dev.lakehouse.core.lake.proof.ReleasedRows;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * A reader beside the commands: again and again it reads the current release whole, the way a
 * search would, while the lake is written to and its writers are killed.
 */
final class ReleaseWatch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(400);

  private final ReleasedRows rows;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::watch, "lakehouse-release-watch");
  private volatile long sequence;
  private volatile int reads;
  private volatile int failed;
  private volatile @Nullable String first;

  private ReleaseWatch(LakeLayout layout, Configuration hadoop) {
    this.rows = new ReleasedRows(layout, hadoop);
  }

  /** Begins to watch a lake that has a release. */
  static ReleaseWatch of(LakeLayout layout, Configuration hadoop) {
    ReleaseWatch watch = new ReleaseWatch(layout, hadoop);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    try {
      do {
        read();
      } while (!closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes, others look
  private void read() {
    reads++;
    try {
      Optional<Release> release = rows.requireWhole();
      if (release.filter(found -> found.sequence() >= sequence).isEmpty()) {
        throw new IllegalStateException("Release %d is gone".formatted(sequence));
      }
      sequence = release.get().sequence();
    } catch (RuntimeException e) {
      failed++;
      first = first == null ? String.valueOf(e.getMessage()) : first;
    }
  }

  int reads() {
    return reads;
  }

  int failed() {
    return failed;
  }

  /** What the first failed read met, if any failed. */
  Optional<String> firstFailure() {
    return Optional.ofNullable(first);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
