// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.udfs.function;

import dev.lakehouse.core.batch.BatchShape;
import dev.lakehouse.core.batch.Pump;
import dev.lakehouse.core.batch.PumpLimits;
import dev.lakehouse.core.batch.PumpOptions;
import dev.lakehouse.core.batch.PumpThreads;
import dev.lakehouse.core.batch.Session;
import dev.lakehouse.core.batch.SharedPumps;
import dev.lakehouse.core.bundle.engine.Lease;
import dev.lakehouse.core.bundle.engine.WarmPool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The functions that this JVM keeps warm: for each its instances, and a pump while tasks use them.
 *
 * <p>Instances outlive a pump, since tasks come one after the other; they are closed when nobody
 * has used them for {@link #IDLE}, and when the JVM ends.
 */
final class WarmFunctions {
  /** How long instances are kept that nobody uses. */
  static final Duration IDLE = Duration.ofMinutes(1);

  /** Of preparing, which only hands the batch on. */
  private static final Duration NOTHING_TO_PREPARE = Duration.ofDays(365);

  /** Functions are told apart by their class, not only its name: a new jar is a new function. */
  private record Key(FunctionSpec spec, Class<?> type) {}

  private static final WarmPool<Key, Instances> POOL =
      new WarmPool<>(instances -> 0, Long.MAX_VALUE);
  private static final SharedPumps<Key, RowBatch, Answer> PUMPS = new SharedPumps<>();

  /** Started by the first function, so that an executor without functions has no such thread. */
  private static final class Sweeper {
    static final ScheduledThreadPoolExecutor THREAD =
        new ScheduledThreadPoolExecutor(
            1,
            sweep -> {
              Thread thread = new Thread(sweep, "lakehouse-functions idle");
              thread.setDaemon(true);
              return thread;
            });

    static {
      THREAD.setKeepAliveTime(1, TimeUnit.SECONDS);
      THREAD.allowCoreThreadTimeOut(true);
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> closeIdle(Duration.ZERO), "lakehouse-functions end"));
    }

    private Sweeper() {}
  }

  private WarmFunctions() {}

  /**
   * Opens a session for one task.
   *
   * @param gpus that Spark gave to the task
   * @param alive called about ten times a second while the task waits; may throw to end the wait
   */
  static Session<RowBatch, Answer> open(
      FunctionSpec spec, FunctionClass type, List<String> gpus, Runnable alive) {
    Key key = new Key(spec, type.type());
    Lease<Instances> lease = POOL.lease(key, () -> new Instances(spec, type));
    try {
      Instances instances = lease.value();
      instances.know(gpus);
      return PUMPS.open(
          key,
          () -> giveBack(lease),
          end -> Pump.of(new FunctionSteps(instances), options(spec), end),
          alive);
    } catch (Throwable e) {
      giveBack(lease);
      throw e;
    }
  }

  private static PumpOptions options(FunctionSpec spec) {
    BatchKnobs knobs = spec.knobs();
    Duration stall = Duration.ofSeconds(knobs.stallSeconds());
    return new PumpOptions(
        spec.factory(),
        new PumpThreads(knobs.concurrency(), 0, 1),
        new BatchShape(1, Long.MAX_VALUE, Long.MAX_VALUE, 1), // an item is a batch already
        new PumpLimits(knobs.bytesInFlight(), Duration.ZERO, NOTHING_TO_PREPARE, stall));
  }

  private static void giveBack(Lease<Instances> lease) {
    lease.close();
    var unused =
        Sweeper.THREAD.schedule(() -> closeIdle(IDLE), IDLE.toMillis() + 1, TimeUnit.MILLISECONDS);
  }

  /** Closes the instances that nobody has used for so long. */
  static void closeIdle(Duration atLeast) {
    POOL.closeIdle(atLeast);
  }

  /** Open leases, for tests. */
  static int leases() {
    return POOL.leases();
  }
}
