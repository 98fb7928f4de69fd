// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import dev.lakehouse.core.ItemError;
import dev.lakehouse.core.ItemException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Why a URL was not had, this time or for good. */
public final class FetchFailure extends IOException {
  private static final long serialVersionUID = 1L;

  private final ItemError code;
  private final String message;
  private final Hope hope;
  private final long waitMillis;

  private enum Hope {
    NONE,
    ANOTHER_TRY
  }

  private FetchFailure(ItemError code, String message, Hope hope, long waitMillis) {
    super(message);
    this.code = code;
    this.message = message;
    this.hope = hope;
    this.waitMillis = waitMillis;
  }

  /** Another try would end the same. */
  public static FetchFailure lasting(ItemError code, String message) {
    return new FetchFailure(code, message, Hope.NONE, 0);
  }

  /** Another try may end otherwise. */
  static FetchFailure passing(ItemError code, String message) {
    return new FetchFailure(code, message, Hope.ANOTHER_TRY, 0);
  }

  /** The same, not before some time has passed. */
  FetchFailure notBefore(Optional<Duration> wait) {
    return new FetchFailure(code, message, hope, wait.map(Duration::toMillis).orElse(0L));
  }

  /** The same, saying how often it was tried. */
  FetchFailure afterTries(int tries) {
    return tries == 1
        ? this
        : new FetchFailure(code, "%s (%d tries)".formatted(message, tries), hope, waitMillis);
  }

  boolean mayPass() {
    return hope == Hope.ANOTHER_TRY;
  }

  /** What the server asks to wait; nothing where it does not say. */
  Duration pause() {
    return Duration.ofMillis(waitMillis);
  }

  ItemError code() {
    return code;
  }

  /** As the outcome of an item. */
  public ItemException asOutcome(String more) {
    return new ItemException(code, message + more, this);
  }
}
