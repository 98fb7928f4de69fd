// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs;

import dev.lakehouse.jobs.lake.Run;
import dev.lakehouse.jobs.watch.RunLog;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows every hour that a run still goes on, so that no clean-up takes its work for leftovers. */
final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final RunLog log;
  private final Run run;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(Heartbeat::thread);

  private Heartbeat(RunLog log, Run run, Clock clock) {
    this.log = log;
    this.run = run;
    this.clock = clock;
  }

  static Heartbeat of(RunLog log, Run run, Clock clock) {
    Heartbeat heartbeat = new Heartbeat(log, run, clock);
    var unused = heartbeat.timer.scheduleAtFixedRate(heartbeat::beat, 1, 1, TimeUnit.HOURS);
    return heartbeat;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "lakehouse-heartbeat");
    thread.setDaemon(true);
    return thread;
  }

  private void beat() {
    try {
      log.alive(run, clock.instant());
    } catch (RuntimeException e) { // the next one may get through; an exception would end them all
      LOG.warn("Cannot show that run {} goes on", run.id(), e);
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
