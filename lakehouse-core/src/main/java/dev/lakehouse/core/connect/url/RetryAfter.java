// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.connect.url;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** The header {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date. */
final class RetryAfter {
  private static final Duration MOST = Duration.ofDays(365);

  private RetryAfter() {}

  /**
   * How long a server asks to wait.
   *
   * @param value of the header
   * @param date of the answer by the server's clock, which its dates go by
   */
  static Optional<Duration> of(Optional<String> value, Optional<String> date) {
    return value.map(String::strip).flatMap(said -> seconds(said).or(() -> until(said, date)));
  }

  private static Optional<Duration> seconds(String said) {
    if (!said.matches("\\d+")) {
      return Optional.empty();
    }
    Duration wait = said.length() > 9 ? MOST : Duration.ofSeconds(Long.parseLong(said));
    return Optional.of(within(wait));
  }

  private static Optional<Duration> until(String said, Optional<String> date) {
    Instant now = date.flatMap(RetryAfter::instant).orElseGet(Instant::now);
    return instant(said).map(then -> within(Duration.between(now, then)));
  }

  private static Duration within(Duration wait) {
    return wait.isNegative() ? Duration.ZERO : wait.compareTo(MOST) > 0 ? MOST : wait;
  }

  private static Optional<Instant> instant(String said) {
    try {
      return Optional.of(
          ZonedDateTime.parse(said.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
