// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.lake.index;

import com.sun.jna.Library;
import com.sun.jna.Native;
import dev.lakehouse.core.ErrorCode;
import dev.lakehouse.core.LakehouseException;
import dev.lakehouse.core.NativeLoading;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lance.JniLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native library, loaded once in a JVM and only through here.
 *
 * <p>It reads its thread numbers from the environment of the process when it is first used, and
 * never again; they are put there just before. Java's own view of the environment knows nothing of
 * it.
 */
final class LanceLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(LanceLibrary.class);

  /** Leaves the environment as it is, so that a test can show what happens then. */
  private static final String AS_IT_IS = "lakehouse.lance.environment-as-it-is";

  private static @Nullable LanceThreads threads;

  private LanceLibrary() {}

  /**
   * Loads the library where it is not loaded yet.
   *
   * @return what it was told
   */
  static synchronized LanceThreads require() {
    if (threads == null) {
      LanceThreads told = prepare();
      NativeLoading.run(JniLoader::ensureLoaded);
      threads = told;
    }
    return threads;
  }

  /** The environment of this process as native code sees it. */
  interface Environment extends Library {
    @Nullable String getenv(String name);

    int setenv(String name, String value, int overwrite);
  }

  private static LanceThreads prepare() {
    int processors = Runtime.getRuntime().availableProcessors();
    Environment environment = NativeLoading.get(() -> Native.load("c", Environment.class));
    LanceThreads chosen =
        LanceThreads.of(
            processors,
            Optional.ofNullable(environment.getenv(LanceThreads.POOL)),
            Optional.ofNullable(environment.getenv(LanceThreads.WORKERS)));
    chosen.refused().ifPresent(why -> LOG.warn("{}; taking {}", why, chosen.assignment()));
    if (!Boolean.getBoolean(AS_IT_IS)) {
      set(environment, LanceThreads.POOL, chosen.pool());
      set(environment, LanceThreads.WORKERS, chosen.workers());
    }
    return chosen;
  }

  private static void set(Environment environment, String name, int value) {
    if (environment.setenv(name, Integer.toString(value), 1) != 0) {
      throw LakehouseException.of(
          ErrorCode.TRANSIENT, "Cannot set %s in the environment of this process", name);
    }
  }
}
