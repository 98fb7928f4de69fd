// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.lake;

import dev.lakehouse.core.Digests;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * One execution of a command; its id stands in every row and commit that it makes.
 *
 * @param id sorts by start, such as {@code 20261121T093000Z-3fa2c1}
 * @param startedAt when
 */
public record Run(String id, Instant startedAt) {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final SecureRandom RANDOM = new SecureRandom();

  /** A run that starts now. */
  public static Run start(Clock clock) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as tables keep it
    byte[] unlike = new byte[3];
    RANDOM.nextBytes(unlike);
    return new Run(STAMP.format(now) + "-" + Digests.hex(unlike), now);
  }
}
