// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import dev.lakehouse.core.UrlSetting;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.ssl.SSLContexts;

/**
 * Fetches URLs: follows redirects hop by hop, tries again what may pass, and gives up by rules.
 *
 * <p>Waits between tries grow exponentially and are drawn at random below that (full jitter), or
 * are what the server asks for. All of it has one deadline. Threads may share one.
 */
public final class Fetcher {
  private static final ConcurrentMap<FetchRules.Manners, HostTurns> TURNS =
      new ConcurrentHashMap<>();
  private static final long FIRST_WAIT_MILLIS = 500;
  private static final long LONGEST_WAIT_MILLIS = 30_000;
  private static final String ROBOTS = "X-Robots-Tag";

  private final FetchRules rules;
  private final HostTurns turns;
  private final HttpDoor door;

  /** A fetcher that asks the system for names and trusts whom the JVM trusts. */
  public Fetcher(FetchRules rules) {
    this(rules, InetAddress::getAllByName, SSLContexts.createDefault());
  }

  Fetcher(FetchRules rules, AddressGuard.Names names, SSLContext tls) {
    this.rules = rules;
    this.turns = TURNS.computeIfAbsent(rules.manners(), HostTurns::new);
    this.door = new HttpDoor(rules, new AddressGuard(names, Network.list(rules.allowed())), tls);
  }

  /**
   * Fetches a URL and has its answer taken in.
   *
   * @param known by which the server may say that nothing changed
   * @throws FetchFailure if it cannot be had, with the code of what stood in the way
   * @throws IOException if taking it in failed otherwise
   */
  public <T> T fetch(Url url, Validators known, Answer.Reading<T> reading) throws IOException {
    Deadline deadline = new Deadline(rules.time());
    String host = host(url);
    for (int attempt = 1; ; attempt++) {
      try {
        T taken = onceThrough(url, known, reading, deadline);
        turns.answered(host);
        return taken;
      } catch (FetchFailure e) {
        Duration wait = longer(e.pause(), backoff(attempt));
        boolean last = attempt >= turns.tries(host, rules.tries());
        if (!e.mayPass() || last || wait.compareTo(deadline.left()) > 0) {
          settle(host, e);
          throw e.afterTries(attempt);
        }
        sleep(wait);
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
  }

  private void settle(String host, FetchFailure e) {
    if (e.mayPass()) {
      turns.gaveUp(host);
    } else {
      turns.answered(host);
    }
  }

  private static String host(Url url) {
    return url.host() + ":" + url.port();
  }

  private <T> T onceThrough(Url url, Validators known, Answer.Reading<T> reading, Deadline deadline)
      throws IOException, InterruptedException {
    Url at = url;
    for (int hops = 0; hops <= rules.redirects(); hops++) {
      try (HostTurns.Turn turn = turn(at, deadline);
          Exchange exchange = new Exchange(door, at, of(known, at), deadline)) {
        requireNoOptOut(at, exchange);
        Optional<String> location = redirect(exchange);
        if (location.isEmpty()) {
          return reading.of(answer(at, exchange, turn));
        }
        at = next(at, location.get());
      }
    }
    throw FetchFailure.lasting(
        ItemError.REDIRECT_LIMIT,
        "%s was redirected more than %d times (%s), at last to %s"
            .formatted(url, rules.redirects(), UrlSetting.REDIRECTS.key(), at));
  }

  private HostTurns.Turn turn(Url url, Deadline deadline)
      throws FetchFailure, InterruptedException {
    long before = System.nanoTime();
    HostTurns.Turn turn = turns.enter(host(url), rules.time());
    deadline.spare(Duration.ofNanos(System.nanoTime() - before));
    return turn;
  }

  /** What is known holds for the URL that it was heard from, not for those that lead there. */
  private static Validators of(Validators known, Url url) {
    return known.url().equals(url.toString()) ? known : Validators.none();
  }

  private static void requireNoOptOut(Url url, Exchange exchange) throws FetchFailure {
    Optional<String> said = RobotsTag.optOut(exchange.headers(ROBOTS));
    if (said.isPresent()) {
      throw FetchFailure.lasting(
          ItemError.OPTED_OUT,
          "%s says %s: %s, and was not taken".formatted(url, ROBOTS, said.get()));
    }
  }

  private static Optional<String> redirect(Exchange exchange) {
    return switch (exchange.status()) {
      case 301, 302, 303, 307, 308 -> exchange.location();
      default -> Optional.empty();
    };
  }

  private static Url next(Url at, String location) throws FetchFailure {
    try {
      return at.resolve(location);
    } catch (ItemException e) {
      throw FetchFailure.lasting(e.code(), "%s redirects: %s".formatted(at, e.getMessage()));
    }
  }

  private Answer answer(Url url, Exchange exchange, HostTurns.Turn turn) throws FetchFailure {
    int status = exchange.status();
    switch (status) {
      case 200, 203:
        return exchange.content(rules.maxBytes());
      case 304:
        return exchange.unchanged();
      case 429, 503:
        exchange.retryAfter().ifPresent(turn::pause);
        throw FetchFailure.passing(
                ItemError.THROTTLED, "%s answered %d: too busy".formatted(url, status))
            .notBefore(exchange.retryAfter());
      case 408, 425, 500, 502, 504:
        throw FetchFailure.passing(ItemError.HTTP_ERROR, "%s answered %d".formatted(url, status));
      default:
        throw FetchFailure.lasting(ItemError.HTTP_ERROR, "%s answered %d".formatted(url, status));
    }
  }

  private static Duration backoff(int attempt) {
    long most = Math.min(LONGEST_WAIT_MILLIS, FIRST_WAIT_MILLIS << Math.min(attempt - 1, 20));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(most + 1));
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static void sleep(Duration wait) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The task was ended; nobody waits for the outcome. */
  private static FetchFailure interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    FetchFailure failure =
        FetchFailure.lasting(ItemError.SOURCE_UNREADABLE, "Interrupted while it was fetched");
    failure.initCause(e);
    return failure;
  }
}
