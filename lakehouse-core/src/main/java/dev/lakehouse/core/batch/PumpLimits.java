// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.core.batch;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;

/**
 * What a pump may hold and how long it waits.
 *
 * @param bytesInFlight of items between being fetched and being inferred, at most; a single larger
 *     item is prepared while nothing else is
 * @param maxWait how long prepared items wait for others while a core or device is idle
 * @param perItem how long preparing one item may take before its thread is given up
 * @param stall how long nothing may move before the pump fails
 */
public record PumpLimits(long bytesInFlight, Duration maxWait, Duration perItem, Duration stall)
    implements Serializable {

  /** For one of several pumps that share the bytes evenly. */
  public PumpLimits sharedBy(int pumps) {
    return new PumpLimits(Math.max(1, bytesInFlight / pumps), maxWait, perItem, stall);
  }

  public PumpLimits {
    requireNonNull(maxWait, "maxWait is null");
    requireNonNull(perItem, "perItem is null");
    requireNonNull(stall, "stall is null");
    if (bytesInFlight < 1) {
      throw new IllegalArgumentException("Invalid bytes in flight: " + bytesInFlight);
    }
  }
}
