// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import dev.lakehouse.core.ItemError;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Who may ask a host when: so many at once, so long after one another, and nobody while the host
 * asks to be left alone. All tasks of a JVM share it.
 */
final class HostTurns {
  /** Hosts beyond which those that nobody asks are forgotten. */
  private static final int HOSTS = 10_000;

  /** URLs of a host in a row that were given up, after which the next are tried once. */
  private static final int IN_A_ROW = 5;

  private final FetchRules.Manners manners;
  private final ConcurrentMap<String, Integer> givenUp = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Host> hosts = new ConcurrentHashMap<>();

  HostTurns(FetchRules.Manners manners) {
    this.manners = manners;
  }

  /**
   * Waits until it is one's turn at a host.
   *
   * @param patience that is had with a host which wants to be left alone
   * @return to be closed when the host is no longer busy with it
   * @throws FetchFailure THROTTLED if the host wants to be left alone for longer
   */
  Turn enter(String host, Duration patience) throws FetchFailure, InterruptedException {
    if (hosts.size() > HOSTS) {
      hosts.values().removeIf(Host::isIdle);
    }
    Host at = hosts.compute(host, (name, known) -> (known == null ? new Host() : known).joined());
    try {
      at.atOnce.acquire();
    } catch (InterruptedException e) {
      at.left();
      throw e;
    }
    Turn turn = new Turn(at);
    try {
      at.awaitStart(host, patience);
      return turn;
    } catch (FetchFailure | InterruptedException e) {
      turn.close();
      throw e;
    }
  }

  /** How often a URL of a host is tried: a host that is down must not cost all tries of each. */
  int tries(String host, int most) {
    return givenUp.getOrDefault(host, 0) < IN_A_ROW ? most : 1;
  }

  /** A URL of a host was given up after all its tries. */
  void gaveUp(String host) {
    givenUp.merge(host, 1, (before, one) -> Math.min(before + one, IN_A_ROW));
  }

  /** A host answered. */
  void answered(String host) {
    givenUp.remove(host);
  }

  /** A turn at a host. */
  static final class Turn implements AutoCloseable {
    private final Host at;

    private Turn(Host at) {
      this.at = at;
    }

    /** The host wants to be left alone by everybody. */
    void pause(Duration time) {
      at.pause(time);
    }

    @Override
    public void close() {
      at.atOnce.release();
      at.left();
    }
  }

  private final class Host {
    private final Semaphore atOnce = new Semaphore(manners.atOnce(), true);
    private int users;
    private long nextStart = System.nanoTime();
    private long quietUntil = nextStart;

    synchronized Host joined() {
      users++;
      return this;
    }

    synchronized void left() {
      users--;
    }

    synchronized boolean isIdle() {
      long now = System.nanoTime();
      return users == 0 && nextStart - now <= 0 && quietUntil - now <= 0;
    }

    synchronized void pause(Duration time) {
      long until = System.nanoTime() + time.toNanos();
      quietUntil = until - quietUntil > 0 ? until : quietUntil;
    }

    void awaitStart(String host, Duration patience) throws FetchFailure, InterruptedException {
      for (long wait = reserve(host, patience); wait > 0; wait = quiet(host, patience)) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
    }

    /** Takes the next place in the row; how long it is until then. */
    private synchronized long reserve(String host, Duration patience) throws FetchFailure {
      long quiet = quiet(host, patience);
      long now = System.nanoTime();
      long start = Math.max(Math.max(0, nextStart - now), quiet);
      nextStart = now + start + manners.delay().toNanos();
      return start;
    }

    /** How long the host is still to be left alone; others may have been told meanwhile. */
    private synchronized long quiet(String host, Duration patience) throws FetchFailure {
      long quiet = Math.max(0, quietUntil - System.nanoTime());
      if (quiet > patience.toNanos()) {
        throw FetchFailure.lasting(
            ItemError.THROTTLED,
            "%s asks to be left alone for %d s"
                .formatted(host, Duration.ofNanos(quiet).toSeconds()));
      }
      return quiet;
    }
  }
}
