// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import java.util.Optional;

/**
 * A process that was killed, and what became of its lake.
 *
 * @param number 1, 2, 3, …
 * @param stage that it was doing
 * @param moment when
 * @param wavesLost waves that it had computed and not committed; half a wave is 0.5
 * @param failure why its lake is not what it should be, if it is not
 * @param evidence where lake and logs are kept then
 */
public record Kill(
    int number,
    String stage,
    String moment,
    double wavesLost,
    Optional<String> failure,
    Optional<String> evidence) {

  boolean survived() {
    return failure.isEmpty();
  }

  Kill failed(String why, String kept) {
    return new Kill(number, stage, moment, wavesLost, Optional.of(why), Optional.of(kept));
  }
}
