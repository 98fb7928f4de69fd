// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.serve;

import static java.util.Objects.requireNonNull;

import dev.lakehouse.core.ServeSetting;
import dev.lakehouse.core.Setting;
import dev.lakehouse.core.Settings;
import java.time.Duration;

/**
 * What a service may take, at once and in time.
 *
 * @param workers requests worked on at once
 * @param queue requests that may wait for that
 * @param deadline of an answer
 * @param maxBody bytes of a request's body
 * @param bodies bytes of all bodies together
 * @param connections open at once
 * @param idle how long a client may send or take nothing
 * @param lookEvery how often a new release is looked for
 * @param drain how long open answers may take at the end
 * @param cache bytes of answers that are kept
 */
public record ServiceLimits(
    int workers,
    int queue,
    Duration deadline,
    int maxBody,
    long bodies,
    int connections,
    Duration idle,
    Duration lookEvery,
    Duration drain,
    long cache) {
  private static final long WORKERS_A_CORE = 4;
  private static final long SHARE_OF_HEAP = 8; // a body is there up to three times while it is read

  public ServiceLimits {
    requireNonNull(deadline, "deadline is null");
    requireNonNull(idle, "idle is null");
    requireNonNull(lookEvery, "lookEvery is null");
    requireNonNull(drain, "drain is null");
  }

  /** As the settings say. */
  public static ServiceLimits from(Settings settings) {
    Runtime machine = Runtime.getRuntime();
    return new ServiceLimits(
        (int)
            settings
                .integerOrAuto(ServeSetting.WORKERS)
                .orElse(WORKERS_A_CORE * machine.availableProcessors()),
        (int) settings.integer(ServeSetting.QUEUE),
        seconds(settings, ServeSetting.DEADLINE_SECONDS),
        (int) settings.integer(ServeSetting.MAX_BODY),
        settings.integerOrAuto(ServeSetting.BODIES).orElse(machine.maxMemory() / SHARE_OF_HEAP),
        (int) settings.integer(ServeSetting.CONNECTIONS),
        seconds(settings, ServeSetting.IDLE_SECONDS),
        seconds(settings, ServeSetting.RELEASE_SECONDS),
        seconds(settings, ServeSetting.DRAIN_SECONDS),
        settings.integer(ServeSetting.CACHE));
  }

  private static Duration seconds(Settings settings, Setting setting) {
    return Duration.ofSeconds(settings.integer(setting));
  }
}
