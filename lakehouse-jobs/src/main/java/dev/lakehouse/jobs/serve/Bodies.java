// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes in what comes with requests: so many at once, however slowly they are sent, and so many
 * bytes together, however many send them. What is beyond is refused before it is read.
 */
final class Bodies {
  /** The others of the threads answer what has no body. */
  private static final int READ_AT_ONCE = Connections.THREADS / 2;

  /** Anybody may send a token, or the beginning of one. */
  private static final int STRANGERS = 8;

  private final int most;
  private final long budget;
  private final AtomicLong held = new AtomicLong();
  private final Semaphore questions = new Semaphore(READ_AT_ONCE);
  private final Semaphore strangers = new Semaphore(STRANGERS);

  /**
   * @param most bytes of one
   * @param together bytes of all that are held; of one at least
   */
  Bodies(int most, long together) {
    this.most = most;
    this.budget = Math.max(most, together);
  }

  /**
   * The body of a question; its bytes count until the exchange is over.
   *
   * @throws Refusal 413 if it is too large, 429 if there is no room for it now, 408 or 400 if it
   *     does not come to its end
   */
  Body ofQuestion(Exchange exchange) {
    long told = exchange.context().req().getContentLengthLong();
    if (told > most) {
      throw Body.tooLarge(most);
    }
    long taken = told < 0 ? most : told;
    take(taken);
    long kept = 0;
    try {
      Body body = read(exchange, questions, most);
      kept = body.bytes().length;
      long bytes = kept;
      exchange.atEnd(() -> give(bytes));
      return body;
    } finally {
      give(taken - kept);
    }
  }

  /**
   * A body of somebody who is not known yet.
   *
   * @param few bytes that are taken
   * @throws Refusal as {@link #ofQuestion}
   */
  Body ofStranger(Exchange exchange, int few) {
    return read(exchange, strangers, few);
  }

  private static Body read(Exchange exchange, Semaphore places, int most) {
    if (!places.tryAcquire()) {
      throw busy("As many bodies are on their way as this service reads at once");
    }
    try {
      Body body = Body.read(exchange.context().req(), most);
      exchange.hasReadBody();
      return body;
    } finally {
      places.release();
    }
  }

  private void take(long bytes) {
    if (held.getAndUpdate(now -> now + bytes > budget ? now : now + bytes) + bytes > budget) {
      throw busy(
          "Bodies of %d bytes together are what lakehouse.serve.bodies allows".formatted(budget));
    }
  }

  private void give(long bytes) {
    held.addAndGet(-bytes);
  }

  private static Refusal busy(String why) {
    return new Refusal(429, why + ". Come again after the seconds that Retry-After says");
  }

  /** Bytes that are held now, or that somebody was promised. */
  long bytes() {
    return held.get();
  }
}
