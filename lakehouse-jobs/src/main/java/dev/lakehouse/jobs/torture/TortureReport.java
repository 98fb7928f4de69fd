// SPDX-License-Identifier: Apache-2.0
package dev.lakehouse.jobs.torture;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What torture showed.
 *
 * @param seed that the moments were drawn from
 * @param kills processes that were killed
 * @param survived of them, those whose lake became what it should be
 * @param late processes that ended before their moment came; they do not count
 * @param stages by stage
 * @param wavesTwice waves that were computed and lost, so that the repeated command computed them
 *     again
 * @param reads of the release beside the commands
 * @param digests of what the lakes say
 * @param failures kills that did not survive
 */
public record TortureReport(
    long seed,
    int kills,
    int survived,
    int late,
    Map<String, Share> stages,
    Waves wavesTwice,
    Reads reads,
    Digests digests,
    List<Kill> failures) {

  /** Kills of a stage. */
  public record Share(int kills, int survived) {
    private Share plus(Kill kill) {
      return new Share(kills + 1, survived + (kill.survived() ? 1 : 0));
    }
  }

  /**
   * Waves that were computed twice.
   *
   * @param most by one kill
   */
  public record Waves(double total, double most) {
    private static final double ALLOWED = 1;
  }

  /**
   * Reads of the current release.
   *
   * @param first what the first failed one met
   */
  public record Reads(int total, int failed, Optional<String> first) {}

  /**
   * Digests of contents, without vectors, which are compared by number.
   *
   * @param tortured of every round that came to its end; one where all are the same
   */
  public record Digests(String clean, SortedSet<String> tortured) {}

  static TortureReport of(long seed, List<Kill> kills, int late, Reads reads, Digests digests) {
    Map<String, Share> stages = new LinkedHashMap<>();
    for (Kill kill : kills) {
      stages.put(kill.stage(), stages.getOrDefault(kill.stage(), new Share(0, 0)).plus(kill));
    }
    List<Kill> failures = kills.stream().filter(kill -> !kill.survived()).toList();
    return new TortureReport(
        seed,
        kills.size(),
        kills.size() - failures.size(),
        late,
        stages,
        new Waves(
            kills.stream().mapToDouble(Kill::wavesLost).sum(),
            kills.stream().mapToDouble(Kill::wavesLost).max().orElse(0)),
        reads,
        digests,
        failures);
  }

  /** Whether every kill was survived, cost a wave at most, and the release was always there. */
  public boolean sound() {
    return failures.isEmpty() && reads.failed() == 0 && wavesTwice.most() <= Waves.ALLOWED;
  }
}
