// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Where native libraries are loaded, so that none is while the process ends: what is half loaded
 * then brings it down with a signal in place of its exit code.
 *
 * <p>The JVM ends when whoever loads has done so; whoever comes later is refused.
 */
public final class NativeLoading {
  private static final long PATIENCE_SECONDS = 30;
  private static final ReentrantReadWriteLock OPEN = new ReentrantReadWriteLock();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(NativeLoading::end, "lakehouse-native-end"));
  }

  private NativeLoading() {}

  /**
   * Loads something.
   *
   * @throws LakehouseException INTERRUPTED if the process is ending
   */
  public static <T> T get(Supplier<T> load) {
    if (!OPEN.readLock()
        .tryLock()) { // goes in front of an end that waits, not of one that is there
      throw LakehouseException.of(ErrorCode.INTERRUPTED, "The process is ending");
    }
    try {
      return load.get();
    } finally {
      OPEN.readLock().unlock();
    }
  }

  /** The same where nothing comes of it. */
  public static void run(Runnable load) {
    get(
        () -> {
          load.run();
          return true;
        });
  }

  private static void end() {
    try {
      // kept until the JVM is gone
      var unused = OPEN.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
